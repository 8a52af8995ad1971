using System.Text;
using System.Text.Json;

namespace GeminiBalance.Gateway.Resources;

/// <summary>A request for a response without what it asks: what its answer repeats, and what it was asked to include. Pure.</summary>
internal static class ResponsesHead
{
    private static readonly HashSet<string> Matters = new(StringComparer.Ordinal)
    {
        "model", "include", "reasoning", "parallel_tool_calls", "max_output_tokens", "temperature", "top_p",
    };

    /// <param name="body">The request, known to be one.</param>
    /// <param name="onlyWhatMatters">Whether mere repetitions, such as tools and metadata, are left out.</param>
    public static string Of(ReadOnlySpan<byte> body, bool onlyWhatMatters = false)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = Limits.JsonDepthMax });
        using var document = JsonDocument.ParseValue(ref reader);
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (member.Name is not ("input" or "store" or "stream" or "background") && (!onlyWhatMatters || Matters.Contains(member.Name)))
                {
                    member.WriteTo(json);
                }
            }

            json.WriteString("input"u8, "-"u8);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.ToArray());
    }
}
