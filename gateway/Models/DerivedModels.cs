using System.Buffers;
using System.Text.Json;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Protocol.Models;

namespace GeminiBalance.Gateway.Models;

/// <summary>The names under which clients find models: their own, those that ask for something, and aliases. Less what is filtered.</summary>
internal static class DerivedModels
{
    private static readonly (string Suffix, string Meaning, Func<ModelSettings, IReadOnlySet<string>> Models)[] Kinds =
    [
        ("-search", "with search", settings => settings.SearchModels),
        ("-image", "with pictures", settings => settings.ImageModels),
        ("-non-thinking", "without thinking", settings => settings.ThinkingModels),
    ];

    public static List<ListedModel> Of(ModelListing listing, GatewaySettings settings)
    {
        var names = new HashSet<string>(listing.Ids, StringComparer.Ordinal);
        var all = new List<ListedModel>(listing.Models.Count * 2);
        foreach (var model in listing.Models.Where(model => !settings.FilteredModels.Contains(model.Id)))
        {
            all.Add(model);
            foreach (var (suffix, meaning, models) in Kinds)
            {
                var name = model.Id + suffix;
                if (models(settings.Models).Contains(model.Id) && !settings.FilteredModels.Contains(name) && names.Add(name))
                {
                    all.Add(Rename(model, name, meaning));
                }
            }
        }

        foreach (var alias in settings.Models.Aliases.Keys.Where(alias => !settings.FilteredModels.Contains(alias)))
        {
            var target = ModelRequestParser.ModelOf(alias, settings.Models.Rules, listing.Ids);
            if (listing.Models.FirstOrDefault(model => model.Id == target) is { } model && !settings.FilteredModels.Contains(target) && names.Add(alias))
            {
                all.Add(Rename(model, alias, $"as {alias}"));
            }
        }

        return all;
    }

    /// <summary>The same model under another name; every other member stays as it is.</summary>
    public static ListedModel Rename(ListedModel model, string name, string meaning)
    {
        using var document = JsonDocument.Parse(model.Json);
        var buffer = new ArrayBufferWriter<byte>(model.Json.Length + 128);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            foreach (var member in document.RootElement.EnumerateObject())
            {
                json.WritePropertyName(member.Name);
                switch (member.Name)
                {
                    case "name":
                        json.WriteStringValue($"models/{name}");
                        break;
                    case "displayName" when member.Value.ValueKind is JsonValueKind.String:
                        json.WriteStringValue($"{member.Value.GetString()} ({meaning})");
                        break;
                    default:
                        json.WriteRawValue(member.Value.GetRawText(), skipInputValidation: true);
                        break;
                }
            }

            json.WriteEndObject();
        }

        return new(name, buffer.WrittenMemory);
    }
}
