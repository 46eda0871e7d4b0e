package creditbank;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A program that calls out, to show that {@link NoCallHomeTest} would notice. */
public final class LooksUpAName {

    private LooksUpAName() {
    }

    public static void main(String[] names) {
        try {
            InetAddress.getByName(names[0]);
        } catch (UnknownHostException e) {
            System.out.println("not found, as it should be");
        }
    }
}
