using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GeminiBalance.Replay.Tests.Hosts;
using GeminiBalance.Replay.Tests.Recordings;
using GeminiBalance.TestKit;
using Xunit.Abstractions;

namespace GeminiBalance.Replay.Tests.Faces;

/// <summary>Errors of Google's that nobody has recorded, typed in from reports: what a client is told when the only key meets them.</summary>
public sealed class ErrorTests(ReplayRun run, ITestOutputHelper output) : FaceReplay(run, output)
{
    private const string Folder = "errors-transcribed";
    private const string Interactions = "interactions-";

    /// <summary>Faults of the gateway's keys and of its quota, which are never told as the client's.</summary>
    private static readonly (string Name, int Status)[] Ours =
    [
        ("api-key-invalid", 503), ("multiple-credentials", 400), ("401-", 503), ("402-", 503), ("403-", 503), ("429-limit-zero", 429), ("429-prepay", 429), ("429-", 429),
    ];

    private protected override string Face => "errors";

    [RecordedTheory]
    [InlineData(Folder, 28)]
    public Task Errors_AreToldTruly(string project, int passedMin) => RunAsync(project, Directory.GetFiles(Path.Combine(RecordedTraffic.Folder!, Folder), "*.json").Order(StringComparer.Ordinal)
        .Select(file => new RecordedExchange(
            Folder, Path.GetFileName(file), 1, "POST", new Uri("https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent"), null,
            StatusOf(Path.GetFileName(file)), BodyOf(file))), passedMin);

    private protected override string? ReasonToLeaveOut(RecordedExchange exchange) => null;

    private protected override async Task ReplayAsync(RecordedExchange exchange)
    {
        if (exchange.File.StartsWith(Interactions, StringComparison.Ordinal))
        {
            await ReplayInteractionAsync(exchange);
            return;
        }

        var isCompatible = exchange.File.Contains("openai-compat", StringComparison.Ordinal);
        var expected = Ours.FirstOrDefault(entry => exchange.File.Contains(entry.Name, StringComparison.Ordinal)) is { Name: not null } ours ? ours.Status : exchange.Status;
        foreach (var (path, body) in isCompatible ? Compatible : Native)
        {
            // A key that has met one of them is not asked again.
            await using var gateway = await ReplayGateway.StartAsync("--MAX_RETRIES=1", "--QUEUE_TIMEOUT_SECONDS=0");
            gateway.Upstream.Play(exchange.Status, exchange.Answer!);

            var (status, text) = await gateway.PostAsync(path, JsonNode.Parse(body)!);

            // Anthropic's clients know overload by a status of its own.
            var told = expected == 503 && path == "/v1/messages" && exchange.Status == 503 ? 529 : expected;
            Assert.True(told == status, $"{path}: {status} and not {told}: {text}");
            var answer = JsonSerializer.Deserialize<JsonElement>(text);
            answer = answer.ValueKind == JsonValueKind.Array ? answer[0] : answer;
            Assert.NotEmpty(answer.GetProperty("error").GetProperty("message").GetString()!);
            Assert.DoesNotContain("AIza", text, StringComparison.Ordinal);
            Assert.DoesNotContain("api_key:", text, StringComparison.Ordinal);
        }
    }

    private static int StatusOf(string file)
    {
        var name = file.StartsWith(Interactions, StringComparison.Ordinal) ? file[Interactions.Length..] : file;
        return int.TryParse(name[..3], CultureInfo.InvariantCulture, out var status) ? status : 200;
    }

    private static RecordedBody BodyOf(string file)
    {
        var bytes = File.ReadAllBytes(file);
        return Path.GetFileName(file).Contains("-sse-", StringComparison.Ordinal)
            ? new([.. "event: error\ndata: "u8, .. JsonBytes.InOneLine(JsonNode.Parse(bytes)!), .. "\n\n"u8], RecordedBody.EventStream)
            : new(bytes, RecordedBody.Json);
    }

    /// <summary>With a status it passes byte for byte; an event that begins a stream tells nothing for certain of the request.</summary>
    private static async Task ReplayInteractionAsync(RecordedExchange exchange)
    {
        await using var gateway = await ReplayGateway.StartAsync("--MAX_RETRIES=1", "--QUEUE_TIMEOUT_SECONDS=0");
        gateway.Upstream.Play(exchange.Status, exchange.Answer!);

        var (status, text) = await gateway.PostAsync("/v1beta/interactions", JsonNode.Parse($$"""{"model":"gemini-2.5-flash","input":"hi","stream":{{(exchange.Status == 200 ? "true" : "false")}}}""")!);

        Assert.Equal(exchange.Status == 200 ? 502 : exchange.Status, status);
        Assert.Equal(JsonValueKind.String, JsonSerializer.Deserialize<JsonElement>(text).GetProperty("error").GetProperty("code").ValueKind);
        if (exchange.Status != 200)
        {
            Assert.Equal(exchange.Answer!.Bytes, System.Text.Encoding.UTF8.GetBytes(text));
        }
    }

    private static (string Path, string Body)[] Compatible => [("/openai/v1/chat/completions", """{"model":"gemini-2.5-flash","messages":[{"role":"user","content":"hi"}]}""")];

    private static (string Path, string Body)[] Native =>
    [
        ("/v1beta/models/gemini-2.5-flash:generateContent", """{"contents":[{"role":"user","parts":[{"text":"hi"}]}]}"""),
        ("/v1/chat/completions", """{"model":"gemini-2.5-flash","messages":[{"role":"user","content":"hi"}]}"""),
        ("/v1/messages", """{"model":"gemini-2.5-flash","max_tokens":99,"messages":[{"role":"user","content":"hi"}]}"""),
    ];
}
