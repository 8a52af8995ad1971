using System.Buffers;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>Pictures to OpenAI's answer, to the events of its stream, or to the error that says why there are none.</summary>
public static class ImagesResponseTranslator
{
    /// <summary>Why calls that all succeeded brought no picture. The request is at fault: another key would say the same.</summary>
    public static OpenAIError Explain(IEnumerable<ImageHarvest> harvests)
    {
        string? text = null;
        foreach (var harvest in harvests)
        {
            if (harvest.Withheld is { } withheld)
            {
                return new OpenAIError(400, withheld, "invalid_request_error", "prompt", "content_policy_violation");
            }

            text ??= harvest.Text;
        }

        return new OpenAIError(
            400, text is null ? "The model made no picture of this prompt." : $"The model made no picture. It said: {text}", "invalid_request_error", "prompt", "image_generation_failed");
    }

    public static void Write(ImagesAnswer answer, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, ChatJson.Options);
        writer.WriteStartObject();
        writer.WriteNumber("created"u8, answer.Created);
        writer.WriteStartArray("data"u8);
        foreach (var image in answer.Images)
        {
            writer.WriteStartObject();
            WriteImage(writer, image);
            if (image.Image.RevisedPrompt is { } prompt)
            {
                writer.WriteString("revised_prompt"u8, prompt);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("output_format"u8, FormatOf(answer.Images[0].Image));
        WriteUsage(writer, answer.Usage);
        writer.WriteEndObject();
    }

    /// <summary>Writes one event for each finished picture. Google shows no unfinished ones.</summary>
    /// <param name="type"><c>image_generation</c> or <c>image_edit</c>.</param>
    public static void WriteEvents(ImagesAnswer answer, string type, IBufferWriter<byte> output)
    {
        for (var i = 0; i < answer.Images.Count; i++)
        {
            var image = answer.Images[i].Image;
            output.Write(System.Text.Encoding.ASCII.GetBytes($"event: {type}.completed\ndata: "));
            using (var writer = new Utf8JsonWriter(output, ChatJson.Options))
            {
                writer.WriteStartObject();
                writer.WriteString("type"u8, $"{type}.completed");
                writer.WriteString("b64_json"u8, image.Base64.Span);
                writer.WriteNumber("created_at"u8, answer.Created);
                writer.WriteString("size"u8, "auto"u8);
                writer.WriteString("quality"u8, "auto"u8);
                writer.WriteString("background"u8, "opaque"u8);
                writer.WriteString("output_format"u8, FormatOf(image));

                // The tokens of all pictures, once: clients add up what events say.
                WriteUsage(writer, i == answer.Images.Count - 1 ? answer.Usage : null);
                writer.WriteEndObject();
            }

            output.Write("\n\n"u8);
        }
    }

    private static void WriteImage(Utf8JsonWriter writer, AnsweredImage image)
    {
        if (!image.AsUrl)
        {
            writer.WriteString("b64_json"u8, image.Image.Base64.Span);
        }
        else if (image.Url is { } url)
        {
            writer.WriteString("url"u8, url);
        }
        else
        {
            writer.WritePropertyName("url"u8);
            writer.WriteStringValueSegment(System.Text.Encoding.UTF8.GetBytes($"data:{image.Image.MimeType};base64,"), isFinalSegment: false);
            writer.WriteStringValueSegment(image.Image.Base64.Span, isFinalSegment: true);
        }
    }

    private static string FormatOf(GeneratedImage image) => image.MimeType["image/".Length..].ToLowerInvariant();

    private static void WriteUsage(Utf8JsonWriter writer, UsageMetadata? usage)
    {
        if (usage is null)
        {
            return;
        }

        var input = TokenCounts.Prompt(usage);
        var output = TokenCounts.Completion(usage);
        writer.WriteStartObject("usage"u8);
        writer.WriteNumber("total_tokens"u8, input + output);
        writer.WriteNumber("input_tokens"u8, input);
        writer.WriteNumber("output_tokens"u8, output);
        WriteDetails(writer, "input_tokens_details"u8, usage.PromptTokensDetails, input);
        WriteDetails(writer, "output_tokens_details"u8, usage.CandidatesTokensDetails, output);
        writer.WriteEndObject();
    }

    private static void WriteDetails(Utf8JsonWriter writer, ReadOnlySpan<byte> name, List<ModalityTokenCount?>? details, long total)
    {
        var images = Math.Min(total, (details ?? []).Sum(detail => detail?.Modality == Modality.Image ? detail.TokenCount ?? 0 : 0));
        writer.WriteStartObject(name);
        writer.WriteNumber("text_tokens"u8, total - images);
        writer.WriteNumber("image_tokens"u8, images);
        writer.WriteEndObject();
    }
}
