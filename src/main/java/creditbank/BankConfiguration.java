package creditbank;

import creditbank.access.Accesses;
import creditbank.account.ApplicationsCounter;
import creditbank.account.Counter;
import creditbank.account.StudiesCounter;
import creditbank.audit.History;
import creditbank.audit.Replay;
import creditbank.audit.WholeReplay;
import creditbank.enactment.Rulebooks;
import creditbank.intake.Imports;
import creditbank.ledger.Ledger;
import creditbank.ledger.axon.Commands;
import creditbank.privacy.Claims;
import creditbank.privacy.Sealing;
import creditbank.programme.Programmes;
import creditbank.projections.Views;
import creditbank.publishing.Cosigning;
import creditbank.publishing.PublishedLog;
import creditbank.sample.FirstStart;
import creditbank.security.Users;
import creditbank.store.MongoConnection;
import creditbank.views.Follower;
import jakarta.servlet.MultipartConfigElement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** The open bank and its parts, for what faces the outside. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BankSettings.class)
class BankConfiguration {

    @Bean
    @ConditionalOnProperty(name = "creditbank.store", havingValue = "mongodb")
    @ConditionalOnMissingBean
    MongoConnection mongo(BankSettings settings) {
        return MongoConnection.open(Objects.requireNonNull(settings.mongodb()));
    }

    @Bean
    Bank bank(BankSettings settings, ObjectProvider<MongoConnection> mongo) {
        MongoConnection connection = mongo.getIfAvailable();
        return new Bank(DataFolder.take(settings.data(), settings.keys()),
                Clock.system(settings.zone()),
                connection == null ? null : connection.database());
    }

    /** Before the first request: users exist, the sample stands, the views follow. */
    @Bean
    FirstStart firstStart(Bank bank, BankSettings settings) {
        FirstStart first = FirstStart.of(bank, settings.sample());
        bank.start();
        return first;
    }

    /** Behind the first start, whose entries are published with the first checkpoint. */
    @Bean(destroyMethod = "")
    PublishedLog publishedLog(Bank bank, BankSettings settings, FirstStart first) {
        return bank.publish(settings.log().origin());
    }

    @Bean(destroyMethod = "")
    Cosigning cosigning(Bank bank, BankSettings settings, PublishedLog log) {
        return bank.cosign(log, settings.log().witnesses());
    }

    @Bean
    Users users(FirstStart first) {
        return first.users();
    }

    @Bean
    Clock clock(Bank bank) {
        return bank.clock();
    }

    @Bean(destroyMethod = "")
    Ledger ledger(Bank bank) {
        return bank.ledger();
    }

    @Bean
    Views views(Bank bank) {
        return bank.views();
    }

    @Bean(destroyMethod = "")
    Follower follower(Bank bank) {
        return bank.follower();
    }

    @Bean
    Claims claims(Bank bank) {
        return bank.claims();
    }

    @Bean
    Sealing sealing(Bank bank) {
        return bank.sealing();
    }

    @Bean
    Commands commands(Bank bank) {
        return bank.commands();
    }

    @Bean
    Programmes programmes(Bank bank) {
        return bank.programmes();
    }

    @Bean
    Imports imports(Bank bank, @Value("${spring.servlet.multipart.max-file-size}") DataSize most) {
        Imports imports = new Imports(bank.folder().data().resolve("imports"), bank.intake(),
                bank.clock(), () -> UUID.randomUUID().toString(), most.toBytes());
        imports.resumeUnfinished();
        return imports;
    }

    /**
     * Parts of an upload under way lie in the data folder, not in the system's: they hold personal
     * data, and what a killed process left is deleted by the next.
     */
    @Bean
    MultipartConfigElement multipart(Bank bank,
            @Value("${spring.servlet.multipart.max-file-size}") DataSize most) throws IOException {
        Path incoming = DataFolder.emptied(bank.folder().data().resolve("incoming"));
        return new MultipartConfigElement(
                incoming.toAbsolutePath().toString(), most.toBytes(), most.toBytes(), 0);
    }

    @Bean(destroyMethod = "")
    RecordingDigests digests(Bank bank) {
        return bank.digests();
    }

    @Bean
    History history(Bank bank) {
        return new History(bank.ledger().reader());
    }

    @Bean
    Replay replay(Bank bank) {
        return new Replay(bank.ledger().reader());
    }

    /** The scratch file lies there while a replay lasts; a killed process leaves its last. */
    @Bean
    WholeReplay wholeReplay(Bank bank) throws IOException {
        return new WholeReplay(bank.ledger().reader(),
                DataFolder.emptied(bank.folder().data().resolve("replay")));
    }

    @Bean
    Rulebooks rulebooks(Bank bank) {
        return bank.rulebooks();
    }

    @Bean
    StudiesCounter studies(Bank bank) {
        return bank.studies();
    }

    @Bean
    ApplicationsCounter applications(Bank bank) {
        return bank.applications();
    }

    @Bean
    Accesses accesses(Bank bank) {
        return bank.accesses();
    }

    @Bean
    Counter counter(Bank bank) {
        return bank.counter();
    }
}
