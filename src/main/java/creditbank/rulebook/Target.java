package creditbank.rulebook;

import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.TargetId;
import creditbank.api.recognition.Value;
import org.jspecify.annotations.Nullable;

/**
 * What evidence is to count towards.
 *
 * @param id         a course, a group or the programme
 * @param group      the group it lies in, or is; absent for the programme
 * @param credits    how many hundredths of a credit it holds; absent where there is no end
 * @param attributes nature, exam-form, hours, ...
 */
public record Target(TargetId id, @Nullable String group, @Nullable Long credits,
        Attributes attributes) {

    @Nullable Value get(String name) {
        int slash = id.text().indexOf('/');
        return switch (name) {
            case "id" -> new Value.Text(id.text());
            case "kind" -> new Value.Text(slash < 0 ? id.text() : id.text().substring(0, slash));
            case "course" -> id.text().startsWith("course/")
                    ? new Value.Text(id.text().substring(slash + 1)) : null;
            case "group" -> group == null ? null : new Value.Text(group);
            case "credits" -> credits == null ? null : new Value.Number(credits);
            default -> attributes.get(name);
        };
    }

    boolean isCourse() {
        return id.text().startsWith("course/");
    }
}
