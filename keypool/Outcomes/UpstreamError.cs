using System.Globalization;
using System.Text.Json;

namespace GeminiBalance.KeyPool;

/// <summary>What a <c>google.rpc.Status</c> body says, without its message texts. Reading never throws.</summary>
internal sealed class UpstreamError
{
    /// <summary>A body longer than this is cut; its status still counts. Real bodies have less than 4 KiB.</summary>
    public const int BodyBytesMax = 64 * 1024;

    private const int NameCharsMax = 128;
    private static readonly TimeSpan RetryDelayMax = TimeSpan.FromDays(7);
    private readonly List<QuotaViolation> violations = [];

    private UpstreamError()
    {
    }

    /// <summary><c>error.code</c> when it is a number.</summary>
    public int? Code { get; private set; }

    /// <summary><c>error.code</c> when it is a word, such as <c>rate_limit_exceeded</c>; of an address, its end.</summary>
    public string? CodeName { get; private set; }

    /// <summary><c>error.status</c>, such as <c>NOT_FOUND</c>.</summary>
    public string? Status { get; private set; }

    /// <summary><c>ErrorInfo.reason</c>, such as <c>API_KEY_INVALID</c>.</summary>
    public string? Reason { get; private set; }

    /// <summary><c>ErrorInfo.metadata.consumer</c> when it names a project.</summary>
    public string? Project { get; private set; }

    public TimeSpan? RetryDelay { get; private set; }

    public IReadOnlyList<QuotaViolation> Violations => violations;

    /// <summary>Takes a wait that was told beside the body, unless the body has its own.</summary>
    public void Suggest(TimeSpan? delay) => RetryDelay ??= delay > RetryDelayMax ? RetryDelayMax : delay;

    /// <summary>Reads an error object, also inside an array; null when there is none.</summary>
    public static UpstreamError? TryRead(ReadOnlySpan<byte> body)
    {
        body = body.StartsWith("\uFEFF"u8) ? body[3..] : body;
        var reader = new Utf8JsonReader(body[..Math.Min(body.Length, BodyBytesMax)]);
        try
        {
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            root = root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0 ? root[0] : root;
            return Member(root, "error") is { ValueKind: JsonValueKind.Object } error ? Read(error) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // An HTML page of a front end, half a body, or a name with half a surrogate pair: the HTTP status has to do.
            return null;
        }
    }

    /// <summary>A protobuf duration in JSON: seconds with up to nine decimals and an <c>s</c>.</summary>
    public static TimeSpan? ParseDuration(string? text)
    {
        if (text is not [.. var number, 's']
            || !decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            return null;
        }

        // Rounded up: a tick too early is a 429 more.
        return seconds >= (decimal)RetryDelayMax.TotalSeconds ? RetryDelayMax : TimeSpan.FromTicks((long)decimal.Ceiling(seconds * TimeSpan.TicksPerSecond));
    }

    private static UpstreamError Read(JsonElement error)
    {
        var result = new UpstreamError
        {
            Code = Member(error, "code") is { ValueKind: JsonValueKind.Number } code && code.TryGetInt32(out var number) ? number : null,
            CodeName = CodeWord(Text(error, "code")),
            Status = Name(error, "status"),
        };
        if (Member(error, "details") is { ValueKind: JsonValueKind.Array } details)
        {
            foreach (var detail in details.EnumerateArray())
            {
                result.ReadDetail(detail);
            }
        }

        return result;
    }

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement element, string name)
    {
        if (Member(element, name) is not { ValueKind: JsonValueKind.String } value)
        {
            return null;
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair is well-formed JSON and no text.
            return null;
        }
    }

    // Names go to logs and pages, so nothing but a name may pass: a message could carry the key.
    private static string? Name(JsonElement element, string name) =>
        Text(element, name) is { Length: > 0 and <= NameCharsMax } text && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/') ? text : null;

    private static string? CodeWord(string? code) =>
        code?[(code.LastIndexOfAny(['/', '#']) + 1)..] is { Length: > 0 and <= NameCharsMax } word && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? word.ToLowerInvariant() : null;

    private static long? Number(JsonElement element, string name) => Member(element, name) switch
    {
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt64(out var number) => Natural(number),
        { ValueKind: JsonValueKind.String } when long.TryParse(Text(element, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static long? Natural(long number) => number >= 0 ? number : null;

    private void ReadDetail(JsonElement detail)
    {
        switch (Text(detail, "@type"))
        {
            case "type.googleapis.com/google.rpc.ErrorInfo":
                Reason ??= Name(detail, "reason");
                Project ??= Member(detail, "metadata") is { } about && Name(about, "consumer") is ['p', 'r', 'o', 'j', 'e', 'c', 't', 's', '/', ..] project ? project : null;
                if (Member(detail, "metadata") is { } metadata && Name(metadata, "quota_limit") is { } limit)
                {
                    violations.Add(new QuotaViolation(limit, Name(metadata, "quota_metric") ?? "", Number(metadata, "quota_limit_value")));
                }

                break;
            case "type.googleapis.com/google.rpc.RetryInfo":
                RetryDelay = Longer(RetryDelay, ParseDuration(Text(detail, "retryDelay")));
                break;
            case "type.googleapis.com/google.rpc.QuotaFailure" when Member(detail, "violations") is { ValueKind: JsonValueKind.Array } list:
                foreach (var violation in list.EnumerateArray())
                {
                    violations.Add(new QuotaViolation(Name(violation, "quotaId") ?? "", Name(violation, "quotaMetric") ?? "", Number(violation, "quotaValue")));
                }

                break;
        }
    }

    private static TimeSpan? Longer(TimeSpan? one, TimeSpan? other) => one > other ? one : other ?? one;
}
