package creditbank.rulebook;

import creditbank.api.rulebook.Mistake;
import creditbank.api.rulebook.Mistake.Kind;
import creditbank.api.value.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A YAML text as a tree that knows where each part stands. */
sealed interface Tree {

    int line();

    int column();

    /** @param text as it was written, without quotes */
    record Scalar(int line, int column, String text) implements Tree {
    }

    record Items(int line, int column, List<Tree> items) implements Tree {
    }

    record Fields(int line, int column, Map<String, Tree> fields) implements Tree {
    }

    YAMLMapper YAML = YAMLMapper.builder().build();
    int DEEPEST = 40;
    int LONGEST_NAME = 200;

    /** @return null if it is no YAML; the mistakes say where */
    static @Nullable Tree read(String yaml, List<Mistake> mistakes) {
        try (JsonParser parser = YAML.createParser(yaml)) {
            if (parser.nextToken() == null) {
                mistakes.add(new Mistake(1, 1, "", Kind.EMPTY, "", ""));
                return null;
            }
            Tree tree = read(parser, "", mistakes, 0);
            if (parser.nextToken() != null) {
                TokenStreamLocation at = parser.currentTokenLocation();
                mistakes.add(new Mistake(at.getLineNr(), at.getColumnNr(), "", Kind.SECOND_TEXT,
                        "", ""));
            }
            return tree;
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            mistakes.add(new Mistake(at == null ? 1 : Math.max(1, at.getLineNr()),
                    at == null ? 1 : Math.max(1, at.getColumnNr()), "", Kind.NOT_YAML, "", ""));
            return null;
        }
    }

    private static Tree read(JsonParser in, String path, List<Mistake> mistakes, int depth) {
        TokenStreamLocation at = in.currentTokenLocation();
        int line = at.getLineNr();
        int column = at.getColumnNr();
        if (depth > DEEPEST) {
            mistakes.add(new Mistake(line, column, "", Kind.TOO_DEEP, "", "" + DEEPEST));
            in.skipChildren();
            return new Scalar(line, column, "");
        }
        if (in.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Tree> fields = new LinkedHashMap<>();
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                TokenStreamLocation key = in.currentTokenLocation();
                in.nextToken();
                if (name.length() > LONGEST_NAME) {
                    // It would stand in the path of everything below it.
                    mistakes.add(new Mistake(key.getLineNr(), key.getColumnNr(), path,
                            Kind.TEXT_TOO_LONG, "" + name.length(), "" + LONGEST_NAME));
                    name = name.substring(0, LONGEST_NAME);
                }
                String inner = path.isEmpty() ? name : path + "." + name;
                if (fields.putIfAbsent(name, read(in, inner, mistakes, depth + 1)) != null) {
                    mistakes.add(new Mistake(key.getLineNr(), key.getColumnNr(), inner,
                            Kind.FIELD_TWICE, name, ""));
                }
            }
            return new Fields(line, column, fields);
        }
        if (in.currentToken() == JsonToken.START_ARRAY) {
            List<Tree> items = new ArrayList<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                items.add(read(in, path + "." + items.size(), mistakes, depth + 1));
            }
            return new Items(line, column, items);
        }
        // An alias repeats another part: what it stands for is not followed, so it is no value.
        String text = in.currentToken() == JsonToken.VALUE_NULL
                || in.currentToken() == JsonToken.VALUE_EMBEDDED_OBJECT ? "" : in.getString();
        if (!Texts.all(text, c -> c == '\n' || !Texts.isUnseen(c))) {
            mistakes.add(new Mistake(line, column, path, Kind.TEXT_HAS_UNSEEN, "", ""));
        }
        return new Scalar(line, column, text.strip());
    }
}
