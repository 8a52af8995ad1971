using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary>Writes GenerateContentResponse objects, members in upstream's order.</summary>
internal sealed class AnswerWriter(AnswerPlan plan)
{
    private const double LogProbability = -0.25;
    private long textTokens;
    private long thoughtTokens;
    private long pictureTokens;

    /// <summary>One event; its usage counts everything up to it.</summary>
    public void Write(Utf8JsonWriter writer, AnswerEvent? one)
    {
        writer.WriteStartObject();
        if (one is not null)
        {
            textTokens += one.Parts.Where(part => !part.IsThought).Sum(part => (long)part.Tokens) * plan.Candidates;
            thoughtTokens += one.Parts.Where(part => part.IsThought).Sum(part => (long)part.Tokens);
            pictureTokens += one.Parts.Where(part => part.InlineMimeType?.StartsWith("image/", StringComparison.Ordinal) == true).Sum(part => (long)part.Tokens) * plan.Candidates;
            writer.WriteStartArray("candidates");
            for (var index = 0; index < plan.Candidates; index++)
            {
                WriteCandidate(writer, one, index);
            }

            writer.WriteEndArray();
        }

        if (plan.BlockReason is not null)
        {
            writer.WriteStartObject("promptFeedback");
            writer.WriteString("blockReason", plan.BlockReason);
            writer.WriteEndObject();
        }

        WriteUsage(writer);
        writer.WriteString("modelVersion", plan.Model.Version);
        writer.WriteString("responseId", plan.ResponseId);
        writer.WriteEndObject();
    }

    private void WriteCandidate(Utf8JsonWriter writer, AnswerEvent one, int index)
    {
        writer.WriteStartObject();
        if (!one.IsBare || one.Parts.Count > 0)
        {
            writer.WriteStartObject("content");
            if (one.Parts.Count > 0)
            {
                writer.WriteStartArray("parts");
                foreach (var part in one.Parts)
                {
                    PartWriter.Write(writer, part);
                }

                writer.WriteEndArray();
            }

            writer.WriteString("role", "model");
            writer.WriteEndObject();
        }

        if (one.FinishReason is not null)
        {
            writer.WriteString("finishReason", one.FinishReason);
        }

        writer.WriteNumber("index", index);
        if (one.FinishMessage is not null)
        {
            writer.WriteString("finishMessage", one.FinishMessage);
        }

        if (one.GroundedText is not null)
        {
            Grounding.Write(writer, one.GroundedText);
        }

        if (plan.WithLogProbs)
        {
            WriteLogProbs(writer, one);
        }

        writer.WriteEndObject();
    }

    private void WriteLogProbs(Utf8JsonWriter writer, AnswerEvent one)
    {
        var texts = one.Parts.Where(part => part is { Text.Length: > 0, IsThought: false }).Select(part => part.Text!).ToList();
        writer.WriteNumber("avgLogprobs", LogProbability);
        writer.WriteStartObject("logprobsResult");
        writer.WriteStartArray("topCandidates");
        foreach (var text in texts)
        {
            writer.WriteStartObject();
            writer.WriteStartArray("candidates");
            for (var rank = 0; rank < plan.TopLogProbs; rank++)
            {
                WriteToken(writer, rank == 0 ? text : $"other {rank}", LogProbability - (2 * rank));
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("chosenCandidates");
        foreach (var text in texts)
        {
            WriteToken(writer, text, LogProbability);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteToken(Utf8JsonWriter writer, string text, double logProbability)
    {
        writer.WriteStartObject();
        writer.WriteString("token", text);
        writer.WriteNumber("tokenId", 1000 + text.Length);
        writer.WriteNumber("logProbability", logProbability);
        writer.WriteEndObject();
    }

    private static void WriteModality(Utf8JsonWriter writer, string name, long tokens, string modality = "TEXT")
    {
        writer.WriteStartArray(name);
        writer.WriteStartObject();
        writer.WriteString("modality", modality);
        writer.WriteNumber("tokenCount", tokens);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private void WriteUsage(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("usageMetadata");
        writer.WriteNumber("promptTokenCount", plan.PromptTokens);
        if (textTokens > 0)
        {
            writer.WriteNumber("candidatesTokenCount", textTokens);
        }

        writer.WriteNumber("totalTokenCount", plan.PromptTokens + textTokens + thoughtTokens + plan.ToolTokens);
        if (plan.CachedTokens > 0)
        {
            writer.WriteNumber("cachedContentTokenCount", plan.CachedTokens);
        }

        WriteModality(writer, "promptTokensDetails", plan.PromptTokens);
        if (plan.CachedTokens > 0)
        {
            WriteModality(writer, "cacheTokensDetails", plan.CachedTokens);
        }

        if (plan.ToolTokens > 0)
        {
            writer.WriteNumber("toolUsePromptTokenCount", plan.ToolTokens);
            WriteModality(writer, "toolUsePromptTokensDetails", plan.ToolTokens);
        }

        if (pictureTokens > 0)
        {
            WriteModality(writer, "candidatesTokensDetails", pictureTokens, "IMAGE");
        }

        if (thoughtTokens > 0)
        {
            writer.WriteNumber("thoughtsTokenCount", thoughtTokens);
        }

        writer.WriteString("serviceTier", "standard");
        writer.WriteEndObject();
    }
}
