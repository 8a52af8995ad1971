using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.Models;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Protocol.Interactions;

/// <summary>The changes to one request for an interaction.</summary>
internal sealed record InteractionEdit(ModelRequest Model, IReadOnlyList<string> Tools, IReadOnlyList<(string Name, string Value)> Config, bool WantsPictures, IReadOnlyList<GeminiSafetySetting> Safety)
{
    private const string Search = "google_search";
    private const string Code = "code_execution";
    private const string Urls = "url_context";
    private const string Level = "thinking_level";
    private const string Summaries = "thinking_summaries";
    private const int LowBudgetMax = 1_024;
    private const int MediumBudgetMax = 8_192;

    public bool IsEmpty => Model.Model == Model.Name && Tools.Count == 0 && Config.Count == 0 && !WantsPictures && Safety.Count == 0;

    public static InteractionEdit Choose(InteractionView request, NativeDefaults defaults) => new(
        defaults.Model,
        ChooseTools(request, defaults),
        ChooseThinking(request, defaults),
        defaults.Model.Features.Image && !request.HasForm,
        request.HasSafetySettings ? [] : defaults.SafetySettings);

    public void Write(JsonElement request, IBufferWriter<byte> output)
    {
        var writer = new RawObjectWriter(output);
        JsonElement tools = default, config = default;
        foreach (var member in request.EnumerateObject())
        {
            switch (member.Name)
            {
                case "tools" when Tools.Count > 0:
                    tools = member.Value;
                    break;
                case "generation_config" when Config.Count > 0:
                    config = member.Value;
                    break;
                case "response_format" or "response_modalities" when WantsPictures:
                case "safety_settings" when Safety.Count > 0:
                    break;
                case "model" when Model.Model != Model.Name:
                    writer.Name("model"u8);
                    NativeModelName.Write(output, member.Value, Model);
                    break;
                default:
                    writer.Copy(member);
                    break;
            }
        }

        WriteAdded(ref writer, output, tools, config);
        writer.End();
    }

    private static List<string> ChooseTools(InteractionView request, NativeDefaults defaults)
    {
        var model = ModelTraits.Of(defaults.Model.Model);
        var added = new List<string>();
        if (defaults.Model.Features.Search && !request.HasTool(Search) && (model.IsGeneration3 || !(request.HasFunctions || request.IsJson)))
        {
            added.Add(Search);
        }

        var isOpen = model.TakesTools && !request.HasFunctions && !request.HasCalls && !request.IsJson && !defaults.Model.Features.Image;
        if (defaults.OffersUrlContext && isOpen && !request.HasTool(Urls))
        {
            added.Add(Urls);
        }

        if (defaults.OffersCodeExecution && isOpen && !request.HasTool(Code) && !request.HasMedia && !request.HasTool(Search) && !added.Contains(Search))
        {
            added.Add(Code);
        }

        return added;
    }

    // This API knows levels only, for all generations.
    private static List<(string Name, string Value)> ChooseThinking(InteractionView request, NativeDefaults defaults)
    {
        var otherwise = defaults.ThinkingBudget is { } tokens ? new OpenAI.ReasoningOptions(null, tokens, HideThoughts: false) : null;
        var (budget, level) = ThinkingTranslator.Say(defaults.Model.Features.Thinking, otherwise, ModelTraits.Of(defaults.Model.Model));
        var word = level?.ToLowerInvariant() ?? budget switch
        {
            null or < 0 => null,
            0 => "minimal",
            <= LowBudgetMax => "low",
            <= MediumBudgetMax => "medium",
            _ => "high",
        };
        if (word is null || request.Configures(Level))
        {
            return [];
        }

        return defaults.IncludeThoughts && budget is not 0 && !request.Configures(Summaries) ? [(Level, word), (Summaries, "auto")] : [(Level, word)];
    }

    private static JsonEncodedText WordOf(string name, string prefix) =>
        JsonEncodedText.Encode((name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name).ToLowerInvariant());

    private static void WriteList(IBufferWriter<byte> output, JsonElement own, IEnumerable<string> added)
    {
        var count = 0;
        output.Write("["u8);
        if (own.ValueKind is JsonValueKind.Array)
        {
            foreach (var item in own.EnumerateArray())
            {
                output.Write(count++ > 0 ? ","u8 : ""u8);
                output.Write(JsonMarshal.GetRawUtf8Value(item));
            }
        }

        foreach (var json in added)
        {
            output.Write(count++ > 0 ? ","u8 : ""u8);
            output.Write(Encoding.UTF8.GetBytes(json));
        }

        output.Write("]"u8);
    }

    private void WriteAdded(ref RawObjectWriter writer, IBufferWriter<byte> output, JsonElement tools, JsonElement config)
    {
        if (Tools.Count > 0)
        {
            writer.Name("tools"u8);
            WriteList(output, tools, Tools.Select(type => $$"""{"type":"{{type}}"}"""));
        }

        if (Config.Count > 0)
        {
            writer.Name("generation_config"u8);
            WriteConfig(output, config);
        }

        if (WantsPictures)
        {
            writer.Name("response_format"u8);
            output.Write("""[{"type":"text"},{"type":"image"}]"""u8);
        }

        if (Safety.Count > 0)
        {
            writer.Name("safety_settings"u8);
            WriteList(output, default, Safety.Select(setting =>
                $$"""{"type":"{{WordOf(setting.Category, "HARM_CATEGORY_")}}","threshold":"{{WordOf(setting.Threshold, "")}}"}"""));
        }
    }

    private void WriteConfig(IBufferWriter<byte> output, JsonElement own)
    {
        var writer = new RawObjectWriter(output);
        if (own.ValueKind is JsonValueKind.Object)
        {
            foreach (var member in own.EnumerateObject().Where(member => !Config.Any(added => added.Name == member.Name)))
            {
                writer.Copy(member);
            }
        }

        foreach (var (name, value) in Config)
        {
            writer.Name(Encoding.UTF8.GetBytes(name));
            output.Write(Encoding.UTF8.GetBytes($"\"{value}\""));
        }

        writer.End();
    }
}
