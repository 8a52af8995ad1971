using System.Text;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>What one upstream call brought.</summary>
public sealed record ImageHarvest
{
    private const string DefaultType = "image/png";
    private const string AllWithheld = "The pictures were withheld by a safety filter.";

    public IReadOnlyList<GeneratedImage> Images { get; private init; } = [];

    /// <summary>Why pictures were withheld by a filter; null when none was.</summary>
    public string? Withheld { get; private init; }

    /// <summary>What the model said instead of, or beside, drawing.</summary>
    public string? Text { get; private init; }

    public UsageMetadata? Usage { get; private init; }

    public static ImageHarvest Of(GenerateContentResponse answer)
    {
        var parts = (answer.Candidates ?? []).SelectMany(candidate => candidate?.Content?.Parts ?? []).OfType<ResponsePart>()
            .Where(part => part.Thought is not true).ToList();
        var text = new StringBuilder();
        parts.ForEach(part => text.Append(part.Text.ToString()));
        var said = text.ToString().Trim();
        return new ImageHarvest
        {
            Images = [.. parts.Where(ContentWriter.IsImage).Select(part => new GeneratedImage(part.InlineData!.MimeType!, part.InlineData.Data, said.Length > 0 ? said : null))],
            Withheld = WithheldBy(answer),
            Text = said.Length > 0 ? said : null,
            Usage = answer.UsageMetadata,
        };
    }

    public static ImageHarvest Of(PredictAnswer answer)
    {
        var predictions = (answer.Predictions ?? []).OfType<Prediction>().ToList();
        return new ImageHarvest
        {
            Images =
            [
                .. predictions.Where(prediction => !prediction.BytesBase64Encoded.IsEmpty)
                    .Select(prediction => new GeneratedImage(TypeOf(prediction), prediction.BytesBase64Encoded, prediction.Prompt)),
            ],
            Withheld = predictions.Find(prediction => prediction.RaiFilteredReason is { Length: > 0 })?.RaiFilteredReason
                ?? (predictions.Count == 0 ? AllWithheld : null),
        };
    }

    private static string TypeOf(Prediction prediction) =>
        prediction.MimeType is { } type && type.StartsWith("image/", StringComparison.OrdinalIgnoreCase) ? type : DefaultType;

    private static string? WithheldBy(GenerateContentResponse answer)
    {
        if (answer.PromptFeedback is { BlockReason: not null } feedback)
        {
            return RefusalText.OfPrompt(feedback);
        }

        var refused = (answer.Candidates ?? []).Find(
            candidate => candidate?.FinishReason is { } finish && FinishReasons.ClassOf(finish.Reason) == FinishClass.ContentFilter);
        return refused is null ? null : RefusalText.OfAnswer(refused.FinishReason!, refused.FinishMessage);
    }
}
