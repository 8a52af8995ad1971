using System.Text.Json;
using GeminiBalance.Conformance.Tests.Hosts;
using OpenAI.Chat;

namespace GeminiBalance.Conformance.Tests.Sdk;

/// <summary>OpenAI's .NET SDK, unchanged: chat without tools.</summary>
public sealed class ChatTests : ConformanceTest
{
    private const string Flash25 = "gemini-2.5-flash";
    private const string Flash3 = "gemini-3.6-flash";

    public static TheoryData<string> Models => [Flash25, Flash3];

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Chat_Whole_AnswersWithUsage(string model)
    {
        ChatCompletion answer = await Chat(model).CompleteChatAsync("Hello there");

        Assert.Equal("Echo: Hello there", answer.Content[0].Text);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
        Assert.Equal(model, answer.Model);
        Assert.True(answer.Usage.InputTokenCount > 0 && answer.Usage.OutputTokenCount > 0);
        Assert.Equal(answer.Usage.InputTokenCount + answer.Usage.OutputTokenCount, answer.Usage.TotalTokenCount);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Chat_Streamed_IsTheWholeTextAndUsageOnce(string model)
    {
        var text = "";
        var finishes = new List<ChatFinishReason>();
        var usages = new List<ChatTokenUsage>();
        await foreach (var update in Chat(model).CompleteChatStreamingAsync("[[long 40]]"))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
            finishes.AddRange(update.FinishReason is { } finish ? [finish] : []);
            usages.AddRange(update.Usage is { } usage ? [usage] : []);
        }

        Assert.Equal(string.Concat(Enumerable.Range(1, 40).Select(index => $"chunk {index} of 40: zażółć gęślą jaźń 東京 🙂\n")), text);
        Assert.Equal([ChatFinishReason.Stop], finishes);
        Assert.True(Assert.Single(usages).OutputTokenCount > 100);
    }

    [Fact]
    public async Task Chat_SystemAndDeveloper_ReachTheModelAsInstructions()
    {
        ChatCompletion system = await Chat(Flash25).CompleteChatAsync(new SystemChatMessage("Speak like a pirate."), new UserChatMessage("[[system]]"));
#pragma warning disable OPENAI001 // The SDK calls this message experimental; clients send it all the same.
        ChatCompletion developer = await Chat(Flash25).CompleteChatAsync(new DeveloperChatMessage("Speak like a bard."), new UserChatMessage("[[system]]"));
#pragma warning restore OPENAI001

        Assert.Equal("Speak like a pirate.", system.Content[0].Text);
        Assert.Equal("Speak like a bard.", developer.Content[0].Text);
    }

    [Fact]
    public async Task Chat_Options_AreHonoured()
    {
        var options = new ChatCompletionOptions { MaxOutputTokenCount = 3, Temperature = 0.5f, TopP = 0.9f, StopSequences = { "never" } };

        ChatCompletion answer = await Chat(Flash25).CompleteChatAsync([new UserChatMessage("a text that is much longer than three tokens")], options);

        Assert.Equal(ChatFinishReason.Length, answer.FinishReason);
        Assert.Equal(12, answer.Content[0].Text.Length);
    }

    [Fact]
    public async Task Chat_History_KeepsItsRoles()
    {
        ChatMessage[] messages = [new UserChatMessage("first"), new AssistantChatMessage("Echo: first"), new UserChatMessage("second")];

        ChatCompletion answer = await Chat(Flash3).CompleteChatAsync(messages);

        Assert.Equal("Echo: second", answer.Content[0].Text);
        using var sent = JsonDocument.Parse(Assert.Single(Upstream.Requests).Body);
        Assert.Equal(["user", "model", "user"], sent.RootElement.GetProperty("contents").EnumerateArray().Select(content => content.GetProperty("role").GetString()));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Chat_JsonSchema_GivesJsonThatFits(string model)
    {
        var schema = BinaryData.FromString(
            """{"type":"object","properties":{"name":{"type":"string"},"age":{"type":"integer"}},"required":["name","age"],"additionalProperties":false}""");
        var options = new ChatCompletionOptions { ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("person", schema, jsonSchemaIsStrict: true) };

        ChatCompletion answer = await Chat(model).CompleteChatAsync([new UserChatMessage("Who?")], options);

        using var json = JsonDocument.Parse(answer.Content[0].Text);
        Assert.Equal(JsonValueKind.String, json.RootElement.GetProperty("name").ValueKind);
        Assert.True(json.RootElement.GetProperty("age").TryGetInt32(out _));
        Assert.Equal(2, json.RootElement.EnumerateObject().Count());
    }

    [Fact]
    public async Task Chat_Image_ReachesTheModelWhole()
    {
        byte[] png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];
        var message = new UserChatMessage(
            ChatMessageContentPart.CreateTextPart("What is it?"), ChatMessageContentPart.CreateImagePart(BinaryData.FromBytes(png), "image/png"));

        ChatCompletion answer = await Chat(Flash25).CompleteChatAsync(message);

        Assert.Equal("Echo: What is it?", answer.Content[0].Text);
        using var sent = JsonDocument.Parse(Assert.Single(Upstream.Requests).Body);
        var inline = sent.RootElement.GetProperty("contents")[0].GetProperty("parts")[1].GetProperty("inlineData");
        Assert.Equal("image/png", inline.GetProperty("mimeType").GetString());
        Assert.Equal(png, inline.GetProperty("data").GetBytesFromBase64());
    }

    private ChatClient Chat(string model) => Gateway.NewSdk().GetChatClient(model);
}
