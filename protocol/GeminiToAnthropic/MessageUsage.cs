using System.Text.Json;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.GeminiToAnthropic;

/// <summary>Writes <c>usage</c>. Cached input is apart from <c>input_tokens</c>; thoughts are output.</summary>
internal static class MessageUsage
{
    /// <param name="usage">Null when the upstream has told nothing yet.</param>
    /// <param name="searches">Queries of a web search.</param>
    public static void Write(Utf8JsonWriter writer, UsageMetadata? usage, int searches)
    {
        var cached = usage?.CachedContentTokenCount ?? 0;
        writer.WriteStartObject("usage"u8);
        writer.WriteNumber("input_tokens"u8, usage is null ? 0 : Math.Max(0, TokenCounts.Prompt(usage) - cached));
        writer.WriteNumber("cache_creation_input_tokens"u8, 0);
        writer.WriteNumber("cache_read_input_tokens"u8, cached);
        writer.WriteNumber("output_tokens"u8, usage is null ? 0 : TokenCounts.Completion(usage));
        if (usage?.ThoughtsTokenCount is > 0 and var thoughts)
        {
            writer.WriteStartObject("output_tokens_details"u8);
            writer.WriteNumber("thinking_tokens"u8, thoughts);
            writer.WriteEndObject();
        }

        if (searches > 0)
        {
            writer.WriteStartObject("server_tool_use"u8);
            writer.WriteNumber("web_search_requests"u8, searches);
            writer.WriteNumber("web_fetch_requests"u8, 0);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
