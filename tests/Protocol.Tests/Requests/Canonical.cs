using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Protocol.Tests.Requests;

/// <summary>Translates and compares bodies whatever the order of their members.</summary>
internal static class Canonical
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    public static TranslatedChat Translate(string openAI, string model = "gemini-2.5-flash", Func<ChatTranslationOptions, ChatTranslationOptions>? options = null)
    {
        var request = OpenAIRequestReader.ReadChat(Encoding.UTF8.GetBytes(openAI));
        var given = new ChatTranslationOptions { Model = model };
        return ChatRequestTranslator.Translate(request, options is null ? given : options(given));
    }

    public static JsonObject Body(string openAI, string model = "gemini-2.5-flash", Func<ChatTranslationOptions, ChatTranslationOptions>? options = null) =>
        JsonNode.Parse(Translate(openAI, model, options).ToUtf8Bytes(), documentOptions: new JsonDocumentOptions { MaxDepth = 256 })!.AsObject();

    public static void Equal(string expected, JsonNode? actual) => Assert.Equal(Sorted(JsonNode.Parse(expected)), Sorted(actual));

    /// <summary>A request of one user message "hi" with further members.</summary>
    public static string Hi(string members) => $$"""{"model":"m","messages":[{"role":"user","content":"hi"}],{{members}}}""";

    public static string Messages(string messages) => $$"""{"model":"m","messages":[{{messages}}]}""";

    public static TranslationException Fails(string openAI, string model = "gemini-2.5-flash") =>
        Assert.Throws<TranslationException>(() => Translate(openAI, model).ToUtf8Bytes());

    public static string Sorted(JsonNode? node) => (Sort(node)?.ToJsonString(Relaxed) ?? "null").ReplaceLineEndings("\n");

    private static JsonNode? Sort(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Sort(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sort)]),
        null => null,
        _ => JsonNode.Parse(node.ToJsonString()),
    };
}
