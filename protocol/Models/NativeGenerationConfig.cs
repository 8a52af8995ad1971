using System.Buffers;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Protocol.Models;

/// <summary>What a request's <c>generationConfig</c> gets beside its own members.</summary>
/// <param name="Thinking">Replaces the request's <c>thinkingConfig</c>; null leaves it.</param>
/// <param name="Pictures">Whether pictures are asked for.</param>
internal sealed record NativeGenerationConfig(ThinkingConfig? Thinking, bool Pictures)
{
    public bool IsEmpty => Thinking is null && !Pictures;

    public static NativeGenerationConfig Choose(NativeRequestView request, NativeDefaults defaults) => new(
        ChooseThinking(request, defaults),
        defaults.Model.Features.Image && NativeRequestView.Find(request.Config, "responseModalities") is null);

    /// <summary>The client's members, if any, and these.</summary>
    public void Write(IBufferWriter<byte> output, JsonElement own)
    {
        var writer = new RawObjectWriter(output);
        if (own.ValueKind is JsonValueKind.Object)
        {
            foreach (var member in own.EnumerateObject())
            {
                var name = NativeName.Of(member);
                if (!(Thinking is not null && name is "thinkingConfig") && !(Pictures && name is "responseModalities"))
                {
                    writer.Copy(member);
                }
            }
        }

        if (Thinking is not null)
        {
            writer.Name("thinkingConfig"u8);
            output.Write(JsonSerializer.SerializeToUtf8Bytes(Thinking, GeminiRequestContext.Default.ThinkingConfig));
        }

        if (Pictures)
        {
            writer.Name("responseModalities"u8);
            output.Write("""["TEXT","IMAGE"]"""u8);
        }

        writer.End();
    }

    // A client of this dialect that says how much to think means this very model; only whether thoughts are shown is kept apart from how much.
    private static ThinkingConfig? ChooseThinking(NativeRequestView request, NativeDefaults defaults)
    {
        var own = request.Thinking ?? default;
        if (NativeRequestView.Find(own, "thinkingBudget") is not null || NativeRequestView.Find(own, "thinkingLevel") is not null)
        {
            return null;
        }

        var otherwise = defaults.ThinkingBudget is { } tokens ? new ReasoningOptions(null, tokens, HideThoughts: false) : null;
        var (budget, level) = ThinkingTranslator.Say(defaults.Model.Features.Thinking, otherwise, ModelTraits.Of(defaults.Model.Model));
        if (budget is null && level is null)
        {
            return null;
        }

        var shows = NativeRequestView.Find(own, "includeThoughts") is { } said ? said.ValueKind is JsonValueKind.True : defaults.IncludeThoughts;
        return new ThinkingConfig { IncludeThoughts = shows && budget is not 0 ? true : null, ThinkingBudget = budget, ThinkingLevel = level };
    }
}
