package creditbank.api.value;

/** What something is called, in Chinese and in English; what it names says how long it may be. */
public record Title(String zh, String en) {
}
