package creditbank.cli;

import creditbank.Creditbank;
import java.util.concurrent.Callable;
import org.springframework.boot.SpringApplication;
import picocli.CommandLine.Command;

/** Opens the bank over HTTP and stays. */
@Command(name = "serve", mixinStandardHelpOptions = true,
        description = {"Serve the bank over HTTP, and stay.", "启动服务。",
            "Settings follow as --name=value. 设置以 --名称=值 的形式给出：",
            "  --creditbank.data=FOLDER    the data folder (default: data)",
            "  --creditbank.keys=FOLDER    the keys folder (default: keys in the data folder)",
            "  --creditbank.store=mongodb  the ledger in MongoDB, with a connection string in",
            "  --creditbank.mongodb=…      (see docs/operating.md)",
            "  --creditbank.sample=false   no sample bank, and no users of one",
            "  --creditbank.zone=ZONE      whose midnight begins a business day",
            "  --creditbank.log.witnesses=\"VKEY URL,…\"  who cosigns the public log",
            "  --server.port=PORT          the port (default: 8080)",
            "  --server.address=ADDRESS    the address (default: 127.0.0.1, this machine only)"})
final class Serve implements Callable<Integer> {

    static void start(String... settings) {
        SpringApplication.run(Creditbank.class, settings);
    }

    /** Reached only with something that is no setting; picocli has refused it already. */
    @Override
    public Integer call() {
        start();
        return 0;
    }
}
