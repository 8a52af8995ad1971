using System.Text.Json;

namespace GeminiBalance.Gateway.Resources;

/// <summary>A batch of the upstream in OpenAI's words. Pure.</summary>
internal static class OpenAIBatchObject
{
    /// <summary>The file of answers that a finished batch names; null while there is none.</summary>
    public static ResourceName? OutputOf(JsonElement batch) =>
        ResourceName.OfReference(OpenAIJson.Text(Member(Member(batch, "metadata"), "output"), "responsesFile") ?? OpenAIJson.Text(Member(batch, "response"), "responsesFile"));

    /// <param name="json">Where to.</param>
    /// <param name="batch">As the upstream describes it.</param>
    /// <param name="resource">The batch in the ledger.</param>
    /// <param name="note">What the client has said of it.</param>
    public static void Write(Utf8JsonWriter json, JsonElement batch, OwnedResource resource, OpenAINote note)
    {
        var metadata = Member(batch, "metadata");
        var counts = BatchCounts.Of(batch, note);
        var status = StatusOf(OpenAIJson.Text(metadata, "state"), batch);
        json.WriteStartObject();
        json.WriteString("id"u8, OpenAIFileId.Of(resource.Name));
        json.WriteString("object"u8, "batch"u8);
        json.WriteString("endpoint"u8, note.Endpoint ?? BatchEndpoint.Chat.Path);
        json.WriteString("model"u8, note.Model);
        WriteErrors(json, batch);
        json.WriteString("input_file_id"u8, OpenAIFileId.Of(note.InputFile ?? ""));
        json.WriteString("completion_window"u8, "24h"u8);
        json.WriteString("status"u8, status);
        WriteFiles(json, OutputOf(batch)?.Root, counts);
        json.WriteNumber("created_at"u8, OpenAIJson.Seconds(metadata, "createTime") ?? resource.CreatedAt.ToUnixTimeSeconds());
        WriteEnd(json, status, OpenAIJson.Seconds(metadata, "endTime") ?? OpenAIJson.Seconds(metadata, "updateTime"));
        WriteCounts(json, counts);
        WriteMetadata(json, note.Metadata);
        json.WriteEndObject();
    }

    private static string StatusOf(string? state, JsonElement batch) => state switch
    {
        "BATCH_STATE_PENDING" or "JOB_STATE_PENDING" or "JOB_STATE_QUEUED" => "validating",
        "BATCH_STATE_SUCCEEDED" or "JOB_STATE_SUCCEEDED" => "completed",
        "BATCH_STATE_FAILED" or "JOB_STATE_FAILED" => "failed",
        "BATCH_STATE_CANCELLED" or "JOB_STATE_CANCELLED" => "cancelled",
        "BATCH_STATE_EXPIRED" or "JOB_STATE_EXPIRED" => "expired",
        _ => Member(batch, "error").ValueKind == JsonValueKind.Object ? "failed" : "in_progress",
    };

    private static void WriteEnd(Utf8JsonWriter json, string status, long? end)
    {
        foreach (var name in (ReadOnlySpan<string>)["completed", "failed", "cancelled", "expired"])
        {
            if (status == name && end is { } seconds)
            {
                json.WriteNumber($"{name}_at", seconds);
            }
            else
            {
                json.WriteNull($"{name}_at");
            }
        }
    }

    private static void WriteErrors(Utf8JsonWriter json, JsonElement batch)
    {
        if (Member(batch, "error") is not { ValueKind: JsonValueKind.Object } error)
        {
            json.WriteNull("errors"u8);
            return;
        }

        json.WriteStartObject("errors"u8);
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        json.WriteStartObject();
        json.WriteString("code"u8, OpenAIJson.Text(error, "status") ?? "upstream_error");
        json.WriteString("message"u8, Protocol.GeminiToOpenAI.SecretRedactor.Redact(OpenAIJson.Text(error, "message") ?? ""));
        json.WriteNull("param"u8);
        json.WriteNull("line"u8);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // The upstream has one file for both.
    private static void WriteFiles(Utf8JsonWriter json, string? output, BatchCounts counts)
    {
        var id = output is null ? null : OpenAIFileId.Of(output);
        json.WriteString("output_file_id"u8, counts.AllFailed ? null : id);
        json.WriteString("error_file_id"u8, id is not null && counts.Failed > 0 ? OpenAIFileId.OfErrors(id) : null);
    }

    private static void WriteCounts(Utf8JsonWriter json, BatchCounts counts)
    {
        json.WriteStartObject("request_counts"u8);
        json.WriteNumber("total"u8, counts.Total);
        json.WriteNumber("completed"u8, counts.Completed);
        json.WriteNumber("failed"u8, counts.Failed);
        json.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null)
        {
            json.WriteNull("metadata"u8);
            return;
        }

        json.WriteStartObject("metadata"u8);
        foreach (var (name, value) in metadata)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    internal static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;
}
