using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary>Counts input tokens: texts, calls and declarations by their length, media at a flat rate.</summary>
internal static class PromptTokens
{
    public static long Of(JsonElement request)
    {
        var total = OfContent(request.Member("systemInstruction"));
        foreach (var content in request.Items("contents"))
        {
            total += OfContent(content);
        }

        foreach (var function in request.Items("tools").SelectMany(tool => tool.Items("functionDeclarations")))
        {
            total += TokenCounter.OfLength(function.GetRawText().Length);
        }

        return total;
    }

    public static long OfContent(JsonElement content)
    {
        long total = 0;
        foreach (var part in content.Items("parts"))
        {
            if (part.Text("text") is { } text)
            {
                total += TokenCounter.Count(text);
            }
            else if (part.Has("inlineData") || part.Has("fileData"))
            {
                total += TokenCounter.PerMedium;
            }
            else
            {
                total += TokenCounter.OfLength(part.GetRawText().Length);
            }
        }

        return total;
    }
}
