using System.Text;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Protocol.GeminiToAnthropic;

/// <summary>Writes the objects of a web search. What Anthropic encrypts for its own next turn stays empty: Gemini needs nothing back.</summary>
internal static class SearchWriter
{
    public const string ToolName = "web_search";

    public static string Input(string query) => Encoding.UTF8.GetString(JsonText.Wrap("query", query).Utf8.Span);

    /// <summary>The members of a <c>web_search_tool_result</c> block.</summary>
    public static void WriteResult(Utf8JsonWriter writer, string id, IReadOnlyCollection<GroundingSource> found)
    {
        writer.WriteString("type"u8, "web_search_tool_result"u8);
        writer.WriteString("tool_use_id"u8, id);
        writer.WriteStartArray("content"u8);
        foreach (var source in found)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "web_search_result"u8);
            writer.WriteString("url"u8, source.Uri);
            writer.WriteString("title"u8, source.Title ?? "");
            writer.WriteString("encrypted_content"u8, ""u8);
            writer.WriteNull("page_age"u8);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>A citation. Gemini quotes its own answer and not the source, so no text is cited.</summary>
    public static void WriteCitation(Utf8JsonWriter writer, GroundingSource source)
    {
        writer.WriteString("type"u8, "web_search_result_location"u8);
        writer.WriteString("cited_text"u8, ""u8);
        writer.WriteString("url"u8, source.Uri);
        writer.WriteString("title"u8, source.Title ?? "");
        writer.WriteString("encrypted_index"u8, ""u8);
    }
}
