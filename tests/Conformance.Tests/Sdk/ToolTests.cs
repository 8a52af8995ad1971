using System.Text.Json;
using GeminiBalance.Conformance.Tests.Hosts;
using OpenAI.Chat;

namespace GeminiBalance.Conformance.Tests.Sdk;

/// <summary>OpenAI's .NET SDK, unchanged: tools. It drops what it does not know, thought signatures included, and the newer models refuse calls without them.</summary>
public sealed class ToolTests : ConformanceTest
{
    private static readonly ChatTool Weather = ChatTool.CreateFunctionTool(
        "get_weather", "The weather of a city.", BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}"""));

    private static readonly ChatTool Clock = ChatTool.CreateFunctionTool("get_time", "The time.");

    public static TheoryData<string, bool> Ways => new()
    {
        { "gemini-2.5-flash", false }, { "gemini-2.5-flash", true },
        { "gemini-3-flash-preview", false }, { "gemini-3-flash-preview", true },
        { "gemini-3.6-flash", false }, { "gemini-3.6-flash", true },
        { "gemini-3.8-flash", false }, { "gemini-3.8-flash", true },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Tools_OverSeveralTurns_EndInAnAnswerFromTheirResults(string model, bool isStream)
    {
        var messages = new List<ChatMessage> { new UserChatMessage("[[tool 3]] get_weather please") };
        for (var turn = 0; turn < 3; turn++)
        {
            var (assistant, finish) = await AskAsync(model, messages, isStream);
            var call = Assert.Single(assistant.ToolCalls);
            Assert.Equal(ChatFinishReason.ToolCalls, finish);
            Assert.Equal("get_weather", call.FunctionName);
            Assert.Equal(JsonValueKind.String, JsonDocument.Parse(call.FunctionArguments).RootElement.GetProperty("city").ValueKind);
            messages.Add(assistant);
            messages.Add(new ToolChatMessage(call.Id, $$"""{"degrees":{{turn}}}"""));
        }

        var (answer, end) = await AskAsync(model, messages, isStream);

        Assert.Equal(ChatFinishReason.Stop, end);
        Assert.Contains("get_weather returned", answer.Content[0].Text, StringComparison.Ordinal);
        Assert.Equal(4, Upstream.Stats.Served);
        AssertSignatures(model, calls: 3);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Tools_InParallel_AreTakenApartAndPutTogether(string model, bool isStream)
    {
        var messages = new List<ChatMessage> { new UserChatMessage("[[parallel 3]]") };
        var (assistant, _) = await AskAsync(model, messages, isStream);
        Assert.Equal(["get_weather", "get_time", "get_weather"], assistant.ToolCalls.Select(call => call.FunctionName));
        Assert.Equal(3, assistant.ToolCalls.Select(call => call.Id).Distinct(StringComparer.Ordinal).Count());
        messages.Add(assistant);

        // Results may come back in any order; the ids say what belongs together.
        messages.AddRange(assistant.ToolCalls.Reverse().Select((call, index) => new ToolChatMessage(call.Id, $"result {index}")));

        var (answer, end) = await AskAsync(model, messages, isStream);

        Assert.Equal(ChatFinishReason.Stop, end);
        Assert.Contains("get_time returned", answer.Content[0].Text, StringComparison.Ordinal);
        AssertSignatures(model, calls: 1);
    }

    [Fact]
    public async Task ToolChoice_OneFunction_IsTheOneCalled()
    {
        var options = new ChatCompletionOptions { Tools = { Weather, Clock }, ToolChoice = ChatToolChoice.CreateFunctionChoice("get_time") };

        ChatCompletion answer = await Gateway.NewSdk().GetChatClient("gemini-2.5-flash").CompleteChatAsync([new UserChatMessage("Say something.")], options);

        Assert.Equal("get_time", Assert.Single(answer.ToolCalls).FunctionName);
    }

    [Fact]
    public async Task ToolChoice_None_CallsNothing()
    {
        var options = new ChatCompletionOptions { Tools = { Weather }, ToolChoice = ChatToolChoice.CreateNoneChoice() };

        ChatCompletion answer = await Gateway.NewSdk().GetChatClient("gemini-2.5-flash").CompleteChatAsync([new UserChatMessage("get_weather")], options);

        Assert.Empty(answer.ToolCalls);
        Assert.Equal("Echo: get_weather", answer.Content[0].Text);
    }

    private void AssertSignatures(string model, int calls)
    {
        using var sent = JsonDocument.Parse(Upstream.Requests[^1].Body);
        var parts = sent.RootElement.GetProperty("contents").EnumerateArray().SelectMany(content => content.GetProperty("parts").EnumerateArray());
        var signed = parts.Count(part => part.TryGetProperty("functionCall", out _) && part.TryGetProperty("thoughtSignature", out var signature) && signature.GetString()!.Length > 10);

        Assert.True(signed == calls, $"{model}: {signed} signed calls, not {calls}.");
    }

    private async Task<(AssistantChatMessage Message, ChatFinishReason? Finish)> AskAsync(string model, List<ChatMessage> messages, bool isStream)
    {
        var client = Gateway.NewSdk().GetChatClient(model);
        var options = new ChatCompletionOptions { Tools = { Weather, Clock } };
        if (!isStream)
        {
            ChatCompletion whole = await client.CompleteChatAsync(messages, options);
            return (new AssistantChatMessage(whole), whole.FinishReason);
        }

        var calls = new SortedDictionary<int, (string Id, string Name, string Arguments)>();
        var text = "";
        ChatFinishReason? finish = null;
        await foreach (var update in client.CompleteChatStreamingAsync(messages, options))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
            finish ??= update.FinishReason;
            foreach (var piece in update.ToolCallUpdates)
            {
                var known = calls.GetValueOrDefault(piece.Index, ("", "", ""));
                calls[piece.Index] = (piece.ToolCallId ?? known.Item1, piece.FunctionName ?? known.Item2, known.Item3 + piece.FunctionArgumentsUpdate);
            }
        }

        return calls.Count == 0
            ? (new AssistantChatMessage(text), finish)
            : (new AssistantChatMessage(calls.Values.Select(call => ChatToolCall.CreateFunctionToolCall(call.Id, call.Name, BinaryData.FromString(call.Arguments)))), finish);
    }
}
