package creditbank;

import creditbank.sample.FirstStart;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says where the bank is open, once it is. */
@Component
class Greeting {

    private final Bank bank;
    private final FirstStart first;

    Greeting(Bank bank, FirstStart first) {
        this.bank = bank;
        this.first = first;
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        if (event.getApplicationContext() instanceof WebServerApplicationContext web
                && web.getWebServer() != null) {
            String address = "http://localhost:" + web.getWebServer().getPort();
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            out.printf("Creditbank 学分银行 is open at %s with %,d entries in %s%n", address,
                    bank.ledger().reader().size(), bank.placeOfLedger());
            first.show(out, address);
        }
    }
}
