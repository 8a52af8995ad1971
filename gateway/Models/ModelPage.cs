using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Gateway.Models;

/// <summary>One page of the upstream's list.</summary>
/// <param name="Models">The models with a name.</param>
/// <param name="NextToken">Null on the last page.</param>
internal sealed record ModelPage(IReadOnlyList<ListedModel> Models, string? NextToken)
{
    /// <exception cref="MalformedAnswerException">It is no list of models.</exception>
    public static ModelPage Read(ReadOnlyMemory<byte> utf8)
    {
        // Finds what a document would let pass: bytes that are no UTF-8, names that are no text.
        var token = GeminiAnswerReader.ReadModels(utf8.Span).NextPageToken;
        using var document = JsonDocument.Parse(utf8);
        var models = new List<ListedModel>();
        if (document.RootElement.TryGetProperty("models"u8, out var list) && list.ValueKind is JsonValueKind.Array)
        {
            foreach (var model in list.EnumerateArray())
            {
                if (model.ValueKind is JsonValueKind.Object && model.TryGetProperty("name"u8, out var name) && name.GetString() is { Length: > 0 } text)
                {
                    models.Add(new(ModelListTranslator.IdOf(text), System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(model).ToArray()));
                }
            }
        }

        return new(models, string.IsNullOrEmpty(token) ? null : token);
    }
}
