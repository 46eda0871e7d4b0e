package creditbank.views.mongodb;

import creditbank.api.Recorded;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * How a projection stands.
 *
 * @param generation part of the names of its collections
 * @param epoch      raised whenever somebody begins to fold: what an earlier epoch still sends
 *                   changes nothing that counts
 * @param reached    how many entries it has folded
 * @param last       id of the last of them
 */
record Stand(int version, int generation, long epoch, long reached, @Nullable String last) {

    static Stand beginning(int version, int generation, long epoch) {
        return new Stand(version, generation, epoch, 0, null);
    }

    static Stand read(Document document) {
        return new Stand(document.getInteger("version"), document.getInteger("generation"),
                document.getLong("epoch"), document.getLong("reached"),
                document.getString("last"));
    }

    Stand after(Recorded entry) {
        return new Stand(version, generation, epoch, entry.position() + 1, entry.id());
    }

    Document written() {
        Document fields = new Document("version", version).append("generation", generation)
                .append("epoch", epoch).append("reached", reached);
        return last == null ? fields : fields.append("last", last);
    }
}
