using System.Text.Json;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>One item of a response's output. While it is open, its events are written; in the end it is written as a whole.</summary>
internal abstract class OutputItem(string id, int index)
{
    public const string InProgress = "in_progress";
    public const string Completed = "completed";
    public const string Incomplete = "incomplete";

    public string Id { get; } = id;

    public int Index { get; } = index;

    public string Status { get; private set; } = InProgress;

    public bool IsClosed => Status != InProgress;

    /// <summary>Writes the first events.</summary>
    public virtual void Open(ResponsesEvents? events) => events?.Show("response.output_item.added", this);

    /// <summary>Writes the last events.</summary>
    public void Close(string status, ResponsesEvents? events)
    {
        WriteLast(events);
        Status = status;
        events?.Show("response.output_item.done", this);
    }

    /// <summary>Writes the item as far as it is known.</summary>
    public abstract void WriteTo(Utf8JsonWriter writer);

    /// <summary>Writes what comes between the last delta and the end of the item.</summary>
    protected abstract void WriteLast(ResponsesEvents? events);
}
