using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GeminiBalance.Protocol.Gemini;

internal sealed class CandidateFinishConverter : JsonConverter<CandidateFinish>
{
    // Old models repeat the reason in every event: known ones cost no allocation.
    private static readonly (byte[] Name, CandidateFinish Finish)[] Known =
    [
        Entry("STOP", FinishReason.Stop),
        Entry("MAX_TOKENS", FinishReason.MaxTokens),
        Entry("SAFETY", FinishReason.Safety),
        Entry("RECITATION", FinishReason.Recitation),
        Entry("LANGUAGE", FinishReason.Language),
        Entry("OTHER", FinishReason.Other),
        Entry("BLOCKLIST", FinishReason.Blocklist),
        Entry("PROHIBITED_CONTENT", FinishReason.ProhibitedContent),
        Entry("SPII", FinishReason.Spii),
        Entry("MALFORMED_FUNCTION_CALL", FinishReason.MalformedFunctionCall),
        Entry("IMAGE_SAFETY", FinishReason.ImageSafety),
        Entry("IMAGE_PROHIBITED_CONTENT", FinishReason.ImageProhibitedContent),
        Entry("IMAGE_OTHER", FinishReason.ImageOther),
        Entry("NO_IMAGE", FinishReason.NoImage),
        Entry("IMAGE_RECITATION", FinishReason.ImageRecitation),
        Entry("UNEXPECTED_TOOL_CALL", FinishReason.UnexpectedToolCall),
        Entry("TOO_MANY_TOOL_CALLS", FinishReason.TooManyToolCalls),
        Entry("MISSING_THOUGHT_SIGNATURE", FinishReason.MissingThoughtSignature),
        Entry("MALFORMED_RESPONSE", FinishReason.MalformedResponse),
        Entry("MODEL_ARMOR", FinishReason.ModelArmor),
        Entry("FINISH_REASON_UNSPECIFIED", FinishReason.Unspecified),
    ];

    public override CandidateFinish Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return new CandidateFinish(FinishReason.Unknown, "UNKNOWN");
        }

        foreach (var (name, finish) in Known)
        {
            if (reader.ValueTextEquals(name))
            {
                return finish;
            }
        }

        return new CandidateFinish(FinishReason.Unknown, reader.GetString() ?? "UNKNOWN");
    }

    public override void Write(Utf8JsonWriter writer, CandidateFinish value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);

    private static (byte[] Name, CandidateFinish Finish) Entry(string name, FinishReason reason) =>
        (Encoding.ASCII.GetBytes(name), new CandidateFinish(reason, name));
}
