namespace GeminiBalance.FakeGemini;

/// <summary>
/// A fault to inject: where it applies, how often, and what happens. Of several that match, the narrower one (key and model, key, model, all) and then the
/// later one decides, member by member.
/// </summary>
public sealed record Knob
{
    /// <summary>Only for this key.</summary>
    public string? Key { get; init; }

    /// <summary>Only for this model.</summary>
    public string? Model { get; init; }

    /// <summary>Only for this method, such as <c>generateContent</c> or <c>chat/completions</c>.</summary>
    public string? Method { get; init; }

    /// <summary>For so many requests; null is for ever.</summary>
    public long? Times { get; init; }

    /// <summary>Answers this error.</summary>
    public FakeErrorKind? Error { get; init; }

    /// <summary>Answers this status; with <see cref="Error"/> or <see cref="Body"/> their body, else the usual one of the status.</summary>
    public int? Status { get; init; }

    /// <summary>Answers exactly these characters; <see cref="Status"/> defaults to 200.</summary>
    public string? Body { get; init; }

    /// <summary>Of <see cref="Body"/>; the default is JSON.</summary>
    public string? ContentType { get; init; }

    /// <summary><c>RetryInfo.retryDelay</c> of a 429, such as <c>34.4s</c>.</summary>
    public string? RetryDelay { get; init; }

    /// <summary><c>quotaValue</c> of a 429.</summary>
    public long? QuotaValue { get; init; }

    /// <summary>Refuses the setup of a Live session with a close frame of this code.</summary>
    public int? CloseCode { get; init; }

    /// <summary>The reason of that frame.</summary>
    public string? CloseReason { get; init; }

    /// <summary>Answers nothing: a candidate without parts that stopped.</summary>
    public bool? Empty { get; init; }

    /// <summary>Waits before the status line, in milliseconds.</summary>
    public double? FirstByteDelayMs { get; init; }

    /// <summary>Median of a log-normal wait before the status line, in milliseconds.</summary>
    public double? LatencyMedianMs { get; init; }

    /// <summary>Spread of that wait; 0.5 puts the 99th percentile at about 3.2 times the median.</summary>
    public double? LatencySigma { get; init; }

    /// <summary>Waits before every event but the first, in milliseconds.</summary>
    public double? EventDelayMs { get; init; }

    /// <summary>Waits <see cref="DelayMs"/> before this body byte, counted from 0.</summary>
    public long? DelayAtByte { get; init; }

    /// <summary>Waits <see cref="DelayMs"/> before this event, counted from 0.</summary>
    public int? DelayAtEvent { get; init; }

    public double? DelayMs { get; init; }

    /// <summary>Closes the connection after so many body bytes; 0 before the status line.</summary>
    public long? CutAfterByte { get; init; }

    /// <summary>Closes the connection after so many events.</summary>
    public int? CutAfterEvent { get; init; }

    /// <summary>Falls silent after so many body bytes; 0 before the status line.</summary>
    public long? StallAfterByte { get; init; }

    /// <summary>Falls silent after so many events.</summary>
    public int? StallAfterEvent { get; init; }

    /// <summary>Ends a stream after so many events with an error object in the 200.</summary>
    public int? ErrorAfterEvent { get; init; }

    /// <summary>The error of <see cref="ErrorAfterEvent"/>; the default is 499 CANCELLED.</summary>
    public FakeErrorKind? StreamError { get; init; }

    /// <summary>Writes that error as <c>data:</c>; upstream mostly writes the bare object.</summary>
    public bool? StreamErrorAsData { get; init; }

    /// <summary>Ends lines of an event stream with LF alone.</summary>
    public bool? LineFeedOnly { get; init; }

    /// <summary>Sends pieces of so many bytes, which splits multi-byte characters and events.</summary>
    public int? PieceBytes { get; init; }

    internal bool Matches(FakeCall call) =>
        (Key is null || Key == call.Key) && (Model is null || Model == call.Model) && (Method is null || Method == call.Method);

    internal int Narrowness => (Key is null ? 0 : 2) + (Model is null ? 0 : 1);

    internal bool HasAnswer => Error is not null || Status is not null || Body is not null;

    /// <summary>This knob's members, and <paramref name="wider"/>'s where it has none.</summary>
    internal Knob Over(Knob wider) => new()
    {
        Error = HasAnswer ? Error : wider.Error,
        Status = HasAnswer ? Status : wider.Status,
        Body = HasAnswer ? Body : wider.Body,
        ContentType = HasAnswer ? ContentType : wider.ContentType,
        CloseCode = CloseCode ?? wider.CloseCode,
        CloseReason = CloseReason ?? wider.CloseReason,
        RetryDelay = RetryDelay ?? wider.RetryDelay,
        QuotaValue = QuotaValue ?? wider.QuotaValue,
        Empty = Empty ?? wider.Empty,
        FirstByteDelayMs = FirstByteDelayMs ?? wider.FirstByteDelayMs,
        LatencyMedianMs = LatencyMedianMs ?? wider.LatencyMedianMs,
        LatencySigma = LatencySigma ?? wider.LatencySigma,
        EventDelayMs = EventDelayMs ?? wider.EventDelayMs,
        DelayAtByte = DelayAtByte ?? wider.DelayAtByte,
        DelayAtEvent = DelayAtEvent ?? wider.DelayAtEvent,
        DelayMs = DelayMs ?? wider.DelayMs,
        CutAfterByte = CutAfterByte ?? wider.CutAfterByte,
        CutAfterEvent = CutAfterEvent ?? wider.CutAfterEvent,
        StallAfterByte = StallAfterByte ?? wider.StallAfterByte,
        StallAfterEvent = StallAfterEvent ?? wider.StallAfterEvent,
        ErrorAfterEvent = ErrorAfterEvent ?? wider.ErrorAfterEvent,
        StreamError = StreamError ?? wider.StreamError,
        StreamErrorAsData = StreamErrorAsData ?? wider.StreamErrorAsData,
        LineFeedOnly = LineFeedOnly ?? wider.LineFeedOnly,
        PieceBytes = PieceBytes ?? wider.PieceBytes,
    };
}
