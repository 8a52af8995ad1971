using System.Text.Json;
using System.Text.Json.Serialization;

namespace GeminiBalance.FakeGemini;

/// <summary>The paths under <c>/__</c>: statistics, reset and knobs, for tests and tools in other processes.</summary>
internal sealed class ControlEndpoints(FakeStats stats, QuotaBook quotas, FakeKnobs knobs, RequestLog log, AnswerIds ids, FakeResources resources, FakeInteractions interactions, TimeProvider time)
{
    private const int ShownChars = 8;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
        WriteIndented = true,
    };

    public async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        switch (request.Method, request.Path.Value)
        {
            case ("GET", "/__stats"):
                await context.Response.WriteAsJsonAsync(Statistics(request.Query["detail"] == "1"), Json, context.RequestAborted);
                break;
            case ("GET", "/__knobs"):
                await context.Response.WriteAsJsonAsync(knobs.Current, Json, context.RequestAborted);
                break;
            case ("POST", "/__knobs"):
                await AddKnobsAsync(context);
                break;
            case ("POST", "/__reset"):
                Reset();
                context.Response.StatusCode = 204;
                break;
            default:
                context.Response.StatusCode = 404;
                break;
        }
    }

    public void Reset()
    {
        stats.Clear();
        quotas.Clear();
        knobs.Clear();
        log.Clear();
        resources.Clear();
        interactions.Clear();
        ids.Restart();
    }

    private async Task AddKnobsAsync(HttpContext context)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            var list = body.RootElement.ValueKind == JsonValueKind.Array ? body.Deserialize<Knob[]>(Json)! : [body.Deserialize<Knob>(Json)!];
            if (context.Request.Query["replace"] == "1")
            {
                knobs.Clear();
            }

            foreach (var knob in list)
            {
                knobs.Add(knob);
            }

            context.Response.StatusCode = 204;
        }
        catch (JsonException exception)
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync(exception.Message, context.RequestAborted);
        }
    }

    private Dictionary<string, object?> Statistics(bool detail)
    {
        var pairs = quotas.Pairs.ToArray();
        var result = new Dictionary<string, object?>
        {
            ["totalRequests"] = stats.TotalRequests,
            ["served"] = stats.Served,
            ["violations"] = stats.Violations,
            ["violationsByKind"] = new { requestsPerMinute = stats.RequestsPerMinuteViolations, tokensPerMinute = stats.TokensPerMinuteViolations, requestsPerDay = stats.RequestsPerDayViolations },
            ["rateLimited"] = stats.RateLimited,
            ["statuses"] = stats.Statuses,
            ["maxRequestsInAny60s"] = pairs.Select(pair => pair.MaxReceived).DefaultIfEmpty().Max(),
            ["maxServedInAny60s"] = pairs.Select(pair => pair.MaxServed).DefaultIfEmpty().Max(),
            ["maxTokensInAny60s"] = pairs.Select(pair => pair.MaxTokens).DefaultIfEmpty().Max(),
            ["callSignatures"] = new { stats.Signatures.Given, stats.Signatures.StandIns, stats.Signatures.None },
            ["inputTokens"] = stats.InputTokens,
            ["outputTokens"] = stats.OutputTokens,
            ["inFlight"] = stats.InFlight,
            ["maxInFlight"] = stats.MaxInFlight,
            ["abortedByClient"] = stats.AbortedByClient,
            ["lastAbortAt"] = stats.LastAbortAt,
            ["sinceLastAbortMs"] = stats.LastAbortAt is { } at ? (time.GetUtcNow() - at).TotalMilliseconds : null,
            ["now"] = time.GetUtcNow(),
            ["servedByMinute"] = stats.ServedByMinute.Select(minute => new { minute = minute.Minute, served = minute.Served }),
            ["keysUsed"] = pairs.Select(pair => pair.Key).Distinct(StringComparer.Ordinal).Count(),
        };
        if (detail)
        {
            result["pairs"] = pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal).ThenBy(pair => pair.Model, StringComparer.Ordinal).Select(Describe);
        }

        return result;
    }

    private static object Describe(PairWindow pair) => new
    {
        keyTail = pair.Key[Math.Max(0, pair.Key.Length - ShownChars)..],
        model = pair.Model,
        limits = pair.Limits,
        requests = pair.Requests,
        violations = pair.Violations,
        maxRequestsInAny60s = pair.MaxReceived,
        maxServedInAny60s = pair.MaxServed,
        maxTokensInAny60s = pair.MaxTokens,
        tokens = pair.Tokens,
        day = pair.Day,
        dayCount = pair.DayCount,
    };
}
