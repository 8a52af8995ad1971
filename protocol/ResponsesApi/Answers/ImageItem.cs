using System.Text.Json;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>A picture that the model made.</summary>
internal sealed class ImageItem(string id, int index, ResponseBlob image) : OutputItem(id, index)
{
    public override void Open(ResponsesEvents? events)
    {
        base.Open(events);
        events?.Tell("response.image_generation_call.in_progress", this);
        events?.Tell("response.image_generation_call.generating", this);
    }

    public override void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, Id);
        writer.WriteString("type"u8, "image_generation_call"u8);
        writer.WriteString("status"u8, Status == Incomplete ? Completed : Status);
        if (IsClosed)
        {
            writer.WriteString("result"u8, image.Data.Span);
            writer.WriteString("output_format"u8, image.MimeType?["image/".Length..]);
        }
        else
        {
            writer.WriteNull("result"u8);
        }

        writer.WriteEndObject();
    }

    protected override void WriteLast(ResponsesEvents? events) => events?.Tell("response.image_generation_call.completed", this);
}
