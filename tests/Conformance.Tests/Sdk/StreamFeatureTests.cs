using System.Net.Http.Headers;
using System.Text.Json;
using GeminiBalance.Conformance.Tests.Hosts;
using GeminiBalance.FakeGemini;
using OpenAI.Chat;

namespace GeminiBalance.Conformance.Tests.Sdk;

/// <summary>OpenAI's .NET SDK, unchanged, with streams that the gateway shapes; the Gemini face beside it.</summary>
public sealed class StreamFeatureTests
{
    private const string Model = "gemini-2.5-flash";
    private static readonly string LongText = string.Concat(Enumerable.Range(1, 40).Select(index => $"chunk {index} of 40: zażółć gęślą jaźń 東京 🙂\n"));

    [Fact]
    public async Task FakedStream_ThoughtsAndCalls_ComeWholeThroughAnotherKey()
    {
        await using var gateway = await ComposedGateway.StartAsync(null, "--FAKE_STREAM_ENABLED=true");
        gateway.Upstream.Knobs.Fail(FakeErrorKind.RequestsPerMinute, times: 1);
        var options = new ChatCompletionOptions { Tools = { ChatTool.CreateFunctionTool("get_weather") } };

        var updates = await gateway.NewSdk().GetChatClient(Model).CompleteChatStreamingAsync([new UserChatMessage("[[think]] [[parallel 2]] get_weather")], options).ToListAsync();
        var native = await AskNativeAsync(gateway, "[[think]] Hello");

        Assert.Equal([0, 1], updates.SelectMany(update => update.ToolCallUpdates).Select(call => call.Index).Distinct());
        Assert.Equal([ChatFinishReason.ToolCalls], updates.Select(update => update.FinishReason).OfType<ChatFinishReason>());
        Assert.Equal(["The user wants an answer.", "Echo: Hello"], native.Select(part => part.Replace("**Considering the request**\n\n", "", StringComparison.Ordinal)));
        Assert.Equal(3, gateway.Upstream.Requests.Count);
        Assert.All(gateway.Upstream.Requests, request => Assert.Contains(":generateContent", request.Target, StringComparison.Ordinal));
        gateway.AssertSecretsKept();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task CutStream_IsContinuedToItsVeryText(int cuts)
    {
        await using var gateway = await ComposedGateway.StartAsync(null, "--STREAM_CONTINUATIONS_MAX=2");
        gateway.Upstream.Knobs.Add(new Knob { CutAfterEvent = 10, EventDelayMs = 5, Times = cuts });

        var updates = await gateway.NewSdk().GetChatClient(Model).CompleteChatStreamingAsync("[[long 40]]").ToListAsync();

        Assert.Equal(LongText, string.Concat(updates.SelectMany(update => update.ContentUpdate).Select(part => part.Text)));
        Assert.Equal([ChatFinishReason.Stop], updates.Select(update => update.FinishReason).OfType<ChatFinishReason>());
        Assert.Equal(cuts + 1, gateway.Upstream.Requests.Count);
        gateway.Upstream.Knobs.Add(new Knob { CutAfterEvent = 10, EventDelayMs = 5, Times = cuts });
        Assert.Equal(LongText, string.Concat(await AskNativeAsync(gateway, "[[long 40]]")));
        await gateway.AssertNoKeyIsBlamedAsync("cut streams");
        gateway.AssertSecretsKept();
    }

    [Fact]
    public async Task PacedStream_SwitchedOnLive_SaysTheSameInMorePieces()
    {
        await using var gateway = await ComposedGateway.StartAsync(null, "--STREAM_MIN_DELAY=0", "--STREAM_MAX_DELAY=0");
        var chat = gateway.NewSdk().GetChatClient(Model);
        var before = await chat.CompleteChatStreamingAsync("[[long 40]]").ToListAsync();
        using var change = new HttpRequestMessage(HttpMethod.Put, new Uri(gateway.Address, "api/settings")) { Content = new StringContent("{\"STREAM_OPTIMIZER_ENABLED\": true}") };
        change.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        change.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ComposedGateway.AdminToken);
        using var changed = await gateway.Client.SendAsync(change);
        changed.EnsureSuccessStatusCode();
        var after = await chat.CompleteChatStreamingAsync("[[long 40]]").ToListAsync();

        Assert.Equal(LongText, string.Concat(before.SelectMany(update => update.ContentUpdate).Select(part => part.Text)));
        Assert.Equal(LongText, string.Concat(after.SelectMany(update => update.ContentUpdate).Select(part => part.Text)));
        Assert.True(after.Count > 5 * before.Count, $"{after.Count} pieces after {before.Count}.");
        Assert.Equal(LongText, string.Concat(await AskNativeAsync(gateway, "[[long 40]]")));
    }

    /// <summary>The texts of a native stream, thoughts too, in order.</summary>
    private static async Task<List<string>> AskNativeAsync(ComposedGateway gateway, string prompt)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Address, $"v1beta/models/{Model}:streamGenerateContent?alt=sse"))
        {
            Content = new StringContent($$"""{"contents":[{"role":"user","parts":[{"text":"{{prompt}}"}]}]}"""),
        };
        request.Headers.Add("x-goog-api-key", ComposedGateway.ClientToken);
        using var response = await gateway.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return [.. text.Split("\r\n\r\n", StringSplitOptions.RemoveEmptyEntries).Select(block => JsonDocument.Parse(block["data: ".Length..]).RootElement)
            .SelectMany(item => item.GetProperty("candidates")[0].GetProperty("content").GetProperty("parts").EnumerateArray()).Select(part => part.GetProperty("text").GetString()!)];
    }
}
