package creditbank;

import creditbank.cli.CommandLineOfTheBank;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;

/**
 * The program: serves the bank, or carries out one of its commands. Errors that no controller
 * answered have no page of Spring's; the bank's own problem details are written instead.
 */
@SpringBootApplication(exclude = ErrorMvcAutoConfiguration.class)
public class Creditbank {

    public static void main(String[] arguments) {
        CommandLineOfTheBank.run(arguments);
    }
}
