using System.Text.Json;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;
using GeminiBalance.TestKit;

namespace GeminiBalance.Gateway.Tests.Streaming;

/// <summary>STREAM_OPTIMIZER_ENABLED on both faces.</summary>
public sealed class PacedStreamTests : IAsyncLifetime
{
    private const string Chat = "/v1/chat/completions";
    private const string Sse = "/v1beta/models/gemini-x:streamGenerateContent?alt=sse";
    private const string Array = "/v1beta/models/gemini-x:streamGenerateContent";
    private const string Thoughtful =
        """{"candidates": [{"content": {"parts": [{"text": "A thought that is longer than any piece of text may be here.","thought": true}],"role": "model"}}]}""";

    private const string Calling =
        """{"candidates": [{"content": {"parts": [{"functionCall": {"name": "f","args": {"a": 1}}}],"role": "model"},"finishReason": "STOP"}],"usageMetadata": {"promptTokenCount": 4,"candidatesTokenCount": 2,"totalTokenCount": 6}}""";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(7);

    private readonly TimerWatch time = new(new ManualTimeProvider(), Pause);
    private GatewayUnderTest gateway = null!;

    public async Task InitializeAsync()
    {
        gateway = await GatewayUnderTest.StartAsync(time);
        gateway.Settings.Change(settings => settings with { KeepAliveInterval = TimeSpan.Zero, Streams = new StreamSettings { IsPaced = true, DelayMin = Pause, DelayMax = Pause } });
    }

    public async Task DisposeAsync() => await gateway.DisposeAsync();

    [Theory]
    [InlineData(Chat, "\"content\":\"H\"", "\"content\":\"e\"")]
    [InlineData(Sse, "\"text\":\"H\"", "\"text\":\"e\"")]
    [InlineData(Array, "\"text\":\"H\"", "\"text\":\"e\"")]
    public async Task Text_ComesInPiecesWithPausesBetween(string path, string first, string second)
    {
        Answer(path, Answers.FirstPart, Answers.LastPart);

        await using var reading = await StreamReading.StartAsync(gateway.Client, path, BodyFor(path));
        var seen = await reading.UntilAsync(first);
        Assert.DoesNotContain(second, seen, StringComparison.Ordinal);
        await time.PassAsync();
        Assert.DoesNotContain("\"l\"", await reading.UntilAsync(second), StringComparison.Ordinal);

        // The pause holds across the events of the upstream too.
        for (var i = 2; i < "Hello".Length; i++)
        {
            await time.PassAsync();
        }

        var text = await reading.ToEndAsync();
        Assert.False(reading.IsAborted);
        Assert.Equal(["H", "e", "l", "l", "o"], Texts(path, text));
        Assert.Equal(2, text.Split(path == Chat ? "\"finish_reason\":\"" : "\"finishReason\"").Length);
        Assert.Equal([(4L, 5L)], gateway.Pool.Settled.Select(entry => (entry.Outcome.PromptTokens!.Value, entry.Outcome.OutputTokens!.Value)));
    }

    [Theory]
    [InlineData(Chat)]
    [InlineData(Sse)]
    [InlineData(Array)]
    public async Task ThoughtsCallsAndFinish_WaitForNothing(string path)
    {
        Answer(path, Thoughtful, Answers.FirstPart.Replace("Hel", "H", StringComparison.Ordinal), Calling);

        await using var reading = await StreamReading.StartAsync(gateway.Client, path, BodyFor(path));
        var text = await reading.ToEndAsync();

        Assert.False(reading.IsAborted);
        var places = new[] { "A thought that is longer than any piece of text may be here.", "\"H\"", "\"f\"" }.Select(mark => text.IndexOf(mark, StringComparison.Ordinal)).ToList();
        Assert.Equal(places.Order(), places);
        Assert.DoesNotContain(-1, places);
        if (path != Chat)
        {
            Assert.Equal(Written(path, Thoughtful, Answers.FirstPart.Replace("Hel", "H", StringComparison.Ordinal), Calling), text);
        }
    }

    [Theory]
    [InlineData(Chat)]
    [InlineData(Sse)]
    public async Task ClientLeaves_WhileTextWaits_EndsTheUpstreamCall(string path)
    {
        var aborted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Upstream.Answer = async (context, _) =>
        {
            context.RequestAborted.Register(() => aborted.TrySetResult());
            await ScriptedUpstream.WriteAsync(context, 200, Answers.Event(Answers.FirstPart), Answers.Sse);
            await context.Response.Body.FlushAsync();
            await aborted.Task;
        };

        using (var client = gateway.NewClient())
        {
            await using var reading = await StreamReading.StartAsync(client, path, BodyFor(path));
            await reading.UntilAsync("\"H\"");
            await time.Armed.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        }

        await aborted.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        await gateway.Pool.WhenSettledAsync(1);
        Assert.Equal([CallOutcomeKind.ClientLeft], gateway.Pool.Kinds);
    }

    [Theory]
    [InlineData(Chat)]
    [InlineData(Sse)]
    [InlineData(Array)]
    public async Task FakedStream_IsPacedToo(string path)
    {
        gateway.Settings.Change(settings => settings with { Streams = settings.Streams with { IsFaked = true } });
        gateway.Upstream.Always(200, Answers.Ok);

        await using var reading = await StreamReading.StartAsync(gateway.Client, path, BodyFor(path));
        await reading.UntilAsync("\"H\"");
        for (var i = 1; i < "Hello".Length; i++)
        {
            await time.PassAsync();
        }

        Assert.Equal(["H", "e", "l", "l", "o"], Texts(path, await reading.ToEndAsync()));
    }

    [Fact]
    public async Task SettingChanged_HoldsFromTheNextRequest()
    {
        Answer(Sse, Answers.FirstPart, Answers.LastPart);
        gateway.Settings.Change(settings => settings with { Streams = settings.Streams with { IsPaced = false } });

        using var response = await gateway.Client.PostAsync(Sse, new StringContent("{}"));

        Assert.Equal(Written(Sse, Answers.FirstPart, Answers.LastPart), await response.Content.ReadAsStringAsync());
    }

    private static string BodyFor(string path) => path == Chat ? "{\"model\":\"gemini-x\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}" : "{}";

    private static string Written(string path, params string[] events) =>
        path == Array ? $"[{string.Join(",\r\n", events)}\n]" : string.Concat(events.Select(Answers.Event));

    private static List<string> Texts(string path, string text)
    {
        if (path == Array)
        {
            return [.. JsonDocument.Parse(text).RootElement.EnumerateArray().SelectMany(NativeTexts)];
        }

        var events = text.Split(path == Chat ? "\n\n" : "\r\n\r\n", StringSplitOptions.RemoveEmptyEntries).Select(block => block["data: ".Length..])
            .Where(data => data != "[DONE]").Select(data => JsonDocument.Parse(data).RootElement);
        return [.. path == Chat ? events.SelectMany(ChatTexts) : events.SelectMany(NativeTexts)];
    }

    private static IEnumerable<string> NativeTexts(JsonElement item) => item.GetProperty("candidates")[0].GetProperty("content").GetProperty("parts").EnumerateArray()
        .Select(part => part.GetProperty("text").GetString()!);

    private static IEnumerable<string> ChatTexts(JsonElement item) => item.GetProperty("choices").EnumerateArray()
        .Select(choice => choice.GetProperty("delta").TryGetProperty("content", out var content) ? content.GetString() : null).Where(content => content is { Length: > 0 })!;

    private void Answer(string path, params string[] events) =>
        gateway.Upstream.Always(200, Written(path, events), path == Array ? Answers.Json : Answers.Sse);
}
