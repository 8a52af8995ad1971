using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Bounds the schemas of a request together: rewriting them costs more than reading them.</summary>
internal static class SchemaSizes
{
    /// <returns>What rewriting them may cost together.</returns>
    /// <exception cref="TranslationException">They are too large; names the one that goes beyond.</exception>
    public static SchemaBudget Check(ChatCompletionRequest request)
    {
        var bytes = request.ResponseFormat?.Schema?.Utf8.Length ?? 0;
        Check(bytes, "response_format.json_schema.schema");
        for (var i = 0; i < request.Tools.Count; i++)
        {
            bytes += request.Tools[i].Parameters?.Utf8.Length ?? 0;
            if (bytes > RequestLimits.SchemaBytesMax)
            {
                Check(bytes, request.UsesLegacyFunctions ? $"functions[{i}].parameters" : $"tools[{i}].function.parameters");
            }
        }

        return new SchemaBudget(bytes);
    }

    private static void Check(int bytes, string param)
    {
        if (bytes > RequestLimits.SchemaBytesMax)
        {
            throw new TranslationException($"{param} makes the request's schemas larger than {RequestLimits.SchemaBytesMax} bytes.", param);
        }
    }
}
