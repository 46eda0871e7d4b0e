package creditbank.rulebook;

import creditbank.api.recognition.Wish;
import java.util.List;

/** What is asked of the engine. */
public sealed interface Ask {

    /** These, and nothing else. Where they compete, the best of them are granted. */
    record Exactly(List<Wish> wishes) implements Ask {
        public Exactly {
            wishes = List.copyOf(wishes);
        }
    }

    /** Whatever counts most. */
    record Best() implements Ask {
    }
}
