package creditbank.audit.evidence;

import creditbank.ledger.Entry;
import creditbank.ledger.LedgerReader;
import creditbank.ledger.LedgerRows;
import creditbank.ledger.LedgerRows.Row;
import creditbank.store.Cursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Where entries are gathered from: an open bank, or the files of one. */
public interface Entries {

    /** Where the entries of a stream stand, in order; at most so many. */
    List<Long> positions(String stream, int most);

    Optional<Entry> at(long position);

    /** Where it stands that the key of a learner was destroyed. */
    OptionalLong erasedAt(String stream);

    /** Of an open bank. */
    static Entries of(LedgerReader ledger) {
        return new Entries() {
            @Override
            public List<Long> positions(String stream, int most) {
                List<Long> positions = new ArrayList<>();
                for (Entry entry : ledger.readStream(stream, 0)) {
                    if (positions.size() == most) {
                        break;
                    }
                    positions.add(entry.position());
                }
                return positions;
            }

            @Override
            public Optional<Entry> at(long position) {
                return ledger.read(position, 1).stream().findFirst();
            }

            /** Nothing follows an erasure in its stream. */
            @Override
            public OptionalLong erasedAt(String stream) {
                return ledger.readStream(stream, ledger.lastSequence(stream), 1).stream()
                        .filter(Erasure::isOne).mapToLong(Entry::position).findFirst();
            }
        };
    }

    /** Of a ledger's file. It is walked once for each question but for that after a position. */
    static Entries of(LedgerRows ledger) {
        return new Entries() {
            private @Nullable Map<String, Long> erased;

            @Override
            public List<Long> positions(String stream, int most) {
                List<Long> positions = new ArrayList<>();
                try (Cursor<Row> rows = ledger.entries()) {
                    for (Row row = rows.next(); row != null && positions.size() < most;
                            row = rows.next()) {
                        if (row.entry().stream().equals(stream)) {
                            positions.add(row.entry().position());
                        }
                    }
                }
                return positions;
            }

            @Override
            public Optional<Entry> at(long position) {
                return ledger.entry(position).map(Row::entry);
            }

            @Override
            public OptionalLong erasedAt(String stream) {
                Map<String, Long> known = erased == null ? erased = erased() : erased;
                Long position = known.get(stream);
                return position == null ? OptionalLong.empty() : OptionalLong.of(position);
            }

            private Map<String, Long> erased() {
                Map<String, Long> found = new HashMap<>();
                try (Cursor<Row> rows = ledger.entries()) {
                    for (Row row = rows.next(); row != null; row = rows.next()) {
                        if (Erasure.isOne(row.entry())) {
                            found.put(row.entry().stream(), row.entry().position());
                        }
                    }
                }
                return found;
            }
        };
    }

    /** The entry after which nothing sealed of a learner can be opened. */
    final class Erasure {

        private static final String TYPE = "learner.erased";
        private static final byte[] WRITTEN =
                ("\"type\":\"" + TYPE + "\"").getBytes(StandardCharsets.UTF_8);

        private Erasure() {
        }

        static boolean isOne(Entry entry) {
            return contains(entry.bytes(), WRITTEN)
                    && Facts.json(entry).path("type").asString("").equals(TYPE);
        }

        /** Most entries need not be read for it. */
        private static boolean contains(byte[] bytes, byte[] what) {
            for (int from = 0; from <= bytes.length - what.length; from++) {
                int at = 0;
                while (at < what.length && bytes[from + at] == what[at]) {
                    at++;
                }
                if (at == what.length) {
                    return true;
                }
            }
            return false;
        }
    }
}
