using System.Text.Json.Nodes;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;
using GeminiBalance.Protocol.Tests.Responses;

namespace GeminiBalance.Protocol.Tests.Requests;

/// <summary>What real clients sent to OpenAI translates for every generation of models.</summary>
public sealed class RecordedRequestTests
{
    private static readonly string[] Models = ["gemini-2.0-flash", "gemini-2.5-flash", "gemini-3.8-flash", "gemma-4-31b-it"];

    [FixtureFact]
    public void Translate_RecordedChats_AreAcceptedButForTheTwoThatCannotBe()
    {
        var refusals = new SortedSet<string>(StringComparer.Ordinal);
        var count = 0;
        foreach (var (source, body) in RecordedRequests.To("/chat/completions"))
        {
            count++;
            refusals.UnionWith(Models.Select(model => Refusal(body, model)).OfType<string>().Select(param => $"{source}: {param}"));
        }

        // A file in OpenAI's own store; and a test that asked without messages and was refused by OpenAI too.
        Assert.Equal(["FileIdContentWorks.json: messages[0].content[1].file.file_id", "chat-no-messages.yaml: messages"], refusals);
        Assert.InRange(count, 150, 10_000);
    }

    [FixtureFact]
    public void Translate_RecordedEmbeddings_AreAcceptedUnlessTheyAreTokensOrWrong()
    {
        var accepted = 0;
        foreach (var (source, body) in RecordedRequests.To("/embeddings"))
        {
            try
            {
                var request = OpenAIRequestReader.ReadEmbeddings(body);
                Assert.NotEmpty(EmbeddingsRequestTranslator.Translate(request, "gemini-embedding-001"));
                accepted++;
            }
            catch (TranslationException refused)
            {
                Assert.True(source.Contains("bad", StringComparison.OrdinalIgnoreCase) || refused.Param?.StartsWith("input", StringComparison.Ordinal) is true, $"{source}: {refused.Message}");
            }
        }

        Assert.InRange(accepted, 10, 10_000);
    }

    private static string? Refusal(byte[] body, string model)
    {
        try
        {
            var request = OpenAIRequestReader.ReadChat(body);
            var media = RemoteMedia.Find(request).ToDictionary(uri => uri, _ => new MediaContent("image/png", "iVBORw0KGgo="));
            var chat = ChatRequestTranslator.Translate(request, new ChatTranslationOptions { Model = model, Media = media });
            Assert.NotEmpty(JsonNode.Parse(chat.ToUtf8Bytes())!["contents"]!.AsArray());
            return null;
        }
        catch (TranslationException refused)
        {
            return refused.Param ?? refused.Message;
        }
    }
}
