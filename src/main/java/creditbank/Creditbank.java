package creditbank;

import creditbank.cli.CommandLineOfTheBank;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The program: serves the bank, or carries out one of its commands. */
@SpringBootApplication
public class Creditbank {

    public static void main(String[] arguments) {
        CommandLineOfTheBank.run(arguments);
    }
}
