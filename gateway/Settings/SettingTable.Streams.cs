namespace GeminiBalance.Gateway.Settings;

internal static partial class SettingTable
{
    private static SettingKind<TimeSpan> PieceDelay => SettingKinds.Duration(TimeSpan.FromSeconds(1), "seconds", 0, 1);
    private static SettingKind<int> TextChars => SettingKinds.WholeNumber(1, 100_000);

    private static IEnumerable<SettingDefinition> StreamLines => Group(
        "Streams",
        Stream("STREAM_OPTIMIZER_ENABLED", SettingKinds.Switch, "false", (s, v) => s with { IsPaced = v },
            "Whether the text of streams is dealt out in small pieces with pauses between them. See [streams.md](streams.md)."),
        Stream("STREAM_MIN_DELAY", PieceDelay, "0.016", (s, v) => s with { DelayMin = v }, "The pause after a piece of a long text."),
        Stream("STREAM_MAX_DELAY", PieceDelay, "0.024", (s, v) => s with { DelayMax = v }, "The pause after a piece of a short text. Between short and long it falls logarithmically."),
        Stream("STREAM_SHORT_TEXT_THRESHOLD", TextChars, "10", (s, v) => s with { ShortTextChars = v }, "Up to so many characters a text of one event is short."),
        Stream("STREAM_LONG_TEXT_THRESHOLD", TextChars, "50", (s, v) => s with { LongTextChars = v },
            "From so many characters a text is long and comes in pieces of `STREAM_CHUNK_SIZE`; shorter ones come character by character."),
        Stream("STREAM_CHUNK_SIZE", TextChars, "5", (s, v) => s with { PieceChars = v }, "Characters of a piece of a long text."),
        Stream("FAKE_STREAM_ENABLED", SettingKinds.Switch, "false", (s, v) => s with { IsFaked = v },
            "Whether streams are made of whole answers: the upstream is asked for no stream, and the client gets signs of life until its answer is there."),
        Stream("FAKE_STREAM_EMPTY_DATA_INTERVAL_SECONDS", SettingKinds.Duration(TimeSpan.FromSeconds(1), "seconds", 1, 300), "5", (s, v) => s with { FakeInterval = v },
            "How often those signs of life come."),
        Stream("KEEP_ALIVE_BEFORE_ANSWER", SettingKinds.Switch, "false", (s, v) => s with { BeatsBeforeAnswer = v },
            "Whether a stream gets signs of life every `KEEP_ALIVE_SECONDS` before its answer has begun too. Its status is then 200 whatever follows, and a failure an error event."),
        Stream("STREAM_CONTINUATIONS_MAX", SettingKinds.WholeNumber(0, 10), "0", (s, v) => s with { ContinuationsMax = v },
            "Further calls for the rest of a stream of text that was cut; 0 ends it with an error. Each is a call of its own for quotas."));

    private static SettingDefinition Stream<T>(
        string name, SettingKind<T> kind, string defaultText, Func<StreamSettings, T, StreamSettings> set, string meaning) =>
        Line(name, kind, defaultText, nameof(GatewaySettings.Streams), SettingTraits.None, (settings, value) => settings with { Streams = set(settings.Streams, value) }, meaning);
}
