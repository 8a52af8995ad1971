using System.Text.Json;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.OpenAI;

/// <summary>Writes <c>usage</c>. Thoughts count as completion tokens, as OpenAI's own reasoning does; both details are always there.</summary>
internal static class UsageWriter
{
    public static void Write(Utf8JsonWriter writer, UsageMetadata usage)
    {
        var prompt = TokenCounts.Prompt(usage);
        var completion = TokenCounts.Completion(usage);
        writer.WriteStartObject("usage"u8);
        writer.WriteNumber("prompt_tokens"u8, prompt);
        writer.WriteNumber("completion_tokens"u8, completion);
        writer.WriteNumber("total_tokens"u8, prompt + completion);
        writer.WriteStartObject("prompt_tokens_details"u8);
        writer.WriteNumber("cached_tokens"u8, usage.CachedContentTokenCount ?? 0);
        WriteModalities(writer, usage.PromptTokensDetails);
        writer.WriteEndObject();
        writer.WriteStartObject("completion_tokens_details"u8);
        writer.WriteNumber("reasoning_tokens"u8, usage.ThoughtsTokenCount ?? 0);
        WriteModalities(writer, usage.CandidatesTokensDetails);
        writer.WriteNumber("accepted_prediction_tokens"u8, 0);
        writer.WriteNumber("rejected_prediction_tokens"u8, 0);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteModalities(Utf8JsonWriter writer, List<ModalityTokenCount?>? details)
    {
        writer.WriteNumber("audio_tokens"u8, Sum(details, Modality.Audio));
        if (Sum(details, Modality.Image) is > 0 and var images)
        {
            writer.WriteNumber("image_tokens"u8, images);
        }
    }

    private static long Sum(List<ModalityTokenCount?>? details, Modality modality)
    {
        var sum = 0L;
        foreach (var detail in details ?? [])
        {
            sum += detail?.Modality == modality ? detail.TokenCount ?? 0 : 0;
        }

        return sum;
    }
}
