package creditbank;

import creditbank.api.Command;
import creditbank.api.Event;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.ledger.axon.Commands;
import java.util.List;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.hamcrest.Description;
import org.hamcrest.TypeSafeMatcher;

/** Axon's given, when and then, with commands addressed as the bank addresses them. */
public final class Fixtures {

    private Fixtures() {
    }

    /** @param resources what the command handler asks for */
    public static <T> ResultValidator<T> when(Class<T> aggregate, List<? extends Event> given,
            Command command, Object... resources) {
        AggregateTestFixture<T> fixture = new AggregateTestFixture<>(aggregate);
        fixture.registerInjectableResources(resources);
        fixture.registerCommandTargetResolver(message -> new VersionedAggregateIdentifier(
                ((Command) message.getPayload()).stream(), null));
        return fixture.given(given).when(Commands.message(command));
    }

    /** Nothing happened, and the refusal is this one. */
    public static void refused(ResultValidator<?> result, Refusal refusal) {
        result.expectNoEvents().expectException(new TypeSafeMatcher<Refused>(Refused.class) {
            @Override
            protected boolean matchesSafely(Refused refused) {
                return refused.refusal().equals(refusal);
            }

            @Override
            public void describeTo(Description description) {
                description.appendText("refused with " + refusal);
            }

            @Override
            protected void describeMismatchSafely(Refused refused, Description mismatch) {
                mismatch.appendText("refused with " + refused.refusal());
            }
        });
    }
}
