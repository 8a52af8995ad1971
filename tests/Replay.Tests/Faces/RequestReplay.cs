using System.Text.Json.Nodes;
using GeminiBalance.Replay.Tests.Hosts;
using GeminiBalance.Replay.Tests.Recordings;
using Xunit.Abstractions;

namespace GeminiBalance.Replay.Tests.Faces;

/// <summary>Requests that were recorded on their way to another API: served, or refused by a 400 that names what cannot be done.</summary>
public abstract class RequestReplay(ReplayRun run, ITestOutputHelper output) : FaceReplay(run, output)
{
    private readonly Dictionary<string, string> refused = [];
    private readonly AnsweredIds ids = new();

    /// <summary>What may be refused.</summary>
    private protected abstract IReadOnlyList<Refusal> Refusals { get; }

    private protected override string? ReasonToLeaveOut(RecordedExchange exchange) =>
        exchange.Request is not { IsObject: true } ? "recorded without a request that can be sent" : null;

    private protected override IEnumerable<string> FeaturesOf(RecordedExchange exchange) =>
        refused.TryGetValue(exchange.ToString(), out var why) ? [$"refused: {why}"] : [];

    /// <summary>Where the exchange goes.</summary>
    private protected abstract string PathOf(RecordedExchange exchange);

    /// <summary>Asserts on an answer with status 200.</summary>
    private protected abstract void Check(RecordedExchange exchange, bool isStream, string body);

    private protected override async Task ReplayAsync(RecordedExchange exchange)
    {
        Gateway.Upstream.PlayValidAnswers();
        var request = ids.Apply(JsonNode.Parse(NamedMedia.MoveTo(Gateway.Upstream.Media, exchange.Request!.Bytes))!);
        var (status, body) = await Gateway.PostAsync(PathOf(exchange), request);
        if (status == 200)
        {
            ids.Learn(exchange, body);
            Check(exchange, isStream: (bool?)request["stream"] ?? false, body);
            Assert.NotEmpty(Gateway.Upstream.Received);
            return;
        }

        Assert.True(status == 400, $"{status} {body}");
        var error = JsonNode.Parse(body)!["error"]!;
        var param = ParamOf(error);
        var text = request.ToJsonString();
        var reason = Refusals.FirstOrDefault(refusal => refusal.Param.IsMatch(param) && refusal.Asks.IsMatch(text));
        Assert.True(reason is not null, $"{body} for {text[..Math.Min(text.Length, 600)]}");
        refused[exchange.ToString()] = reason.Why;
    }

    /// <summary>What an error names; empty when it names nothing.</summary>
    private protected virtual string ParamOf(JsonNode error) => (string?)error["param"] ?? "";
}
