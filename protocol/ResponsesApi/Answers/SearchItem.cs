using System.Text.Json;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>A search that Google ran for the answer.</summary>
/// <param name="queries">At least one.</param>
/// <param name="sources">Addresses; null where the client did not ask for them.</param>
internal sealed class SearchItem(string id, int index, IReadOnlyList<string> queries, IReadOnlyList<string>? sources) : OutputItem(id, index)
{
    public override void Open(ResponsesEvents? events)
    {
        base.Open(events);
        events?.Tell("response.web_search_call.in_progress", this);
        events?.Tell("response.web_search_call.searching", this);
    }

    public override void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, Id);
        writer.WriteString("type"u8, "web_search_call"u8);
        writer.WriteString("status"u8, Status == Incomplete ? Completed : Status);
        writer.WriteStartObject("action"u8);
        writer.WriteString("type"u8, "search"u8);
        writer.WriteString("query"u8, queries[0]);
        writer.WriteStartArray("queries"u8);
        foreach (var query in queries)
        {
            writer.WriteStringValue(query);
        }

        writer.WriteEndArray();
        if (sources is not null)
        {
            writer.WriteStartArray("sources"u8);
            foreach (var source in sources)
            {
                writer.WriteStartObject();
                writer.WriteString("type"u8, "url"u8);
                writer.WriteString("url"u8, source);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    protected override void WriteLast(ResponsesEvents? events) => events?.Tell("response.web_search_call.completed", this);
}
