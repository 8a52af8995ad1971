using System.Buffers;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>One upstream call of a request for pictures.</summary>
public sealed class TranslatedImageCall
{
    private readonly GenerateContentRequest? content;
    private readonly PredictRequest? prediction;

    internal TranslatedImageCall(GenerateContentRequest content) => this.content = content;

    internal TranslatedImageCall(PredictRequest prediction) => this.prediction = prediction;

    /// <summary>Whether it is Imagen's <c>predict</c>, not <c>generateContent</c>.</summary>
    public bool IsPrediction => prediction is not null;

    /// <summary>Writes the body as UTF-8 JSON.</summary>
    public void WriteTo(IBufferWriter<byte> buffer)
    {
        if (prediction is not null)
        {
            prediction.WriteTo(buffer);
            return;
        }

        using var writer = new Utf8JsonWriter(buffer, GeminiRequestContext.WriterOptions);
        JsonSerializer.Serialize(writer, content!, GeminiRequestContext.Default.GenerateContentRequest);
    }
}
