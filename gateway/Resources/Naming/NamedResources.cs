using System.Text.Json;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Finds the resources that a request names: files, caches, stores, jobs. Pure.</summary>
internal static class NamedResources
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = Limits.JsonDepthMax };

    // Whatever slashes look like in JSON, one of these stands in every body that names a resource.
    private static readonly byte[][] Marks = ["files"u8.ToArray(), "cachedContents"u8.ToArray(), "fileSearchStores"u8.ToArray(), "tunedModels"u8.ToArray()];

    /// <summary>The names, each once, in order. Never throws: of broken JSON, what stands before the fault counts.</summary>
    public static IReadOnlyList<ResourceName> Find(ReadOnlySpan<byte> body)
    {
        if (!MayName(body))
        {
            return [];
        }

        List<ResourceName>? found = null;
        var reader = new Utf8JsonReader(body, Options);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && IsReference(ref reader) && reader.Read())
                {
                    ReadValue(ref reader, ref found);
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Whether it is valid is for the upstream to say.
        }

        return found ?? [];
    }

    private static bool MayName(ReadOnlySpan<byte> body)
    {
        foreach (var mark in Marks)
        {
            if (body.IndexOf(mark) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private static void ReadValue(ref Utf8JsonReader reader, ref List<ResourceName>? found)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            Add(ref reader, ref found);
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                Add(ref reader, ref found);
            }
        }
    }

    private static void Add(ref Utf8JsonReader reader, ref List<ResourceName>? found)
    {
        if (reader.ValueSpan.Length <= Limits.ResourceNameCharsMax && ResourceName.OfReference(reader.GetString()) is { } name && found?.Exists(known => known.Root == name.Root) != true)
        {
            (found ??= []).Add(name);
        }
    }

    private static bool IsReference(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("fileUri"u8) || reader.ValueTextEquals("file_uri"u8)
        || reader.ValueTextEquals("cachedContent"u8) || reader.ValueTextEquals("cached_content"u8)
        || reader.ValueTextEquals("fileSearchStoreNames"u8) || reader.ValueTextEquals("file_search_store_names"u8)
        || reader.ValueTextEquals("fileName"u8) || reader.ValueTextEquals("file_name"u8)
        || reader.ValueTextEquals("input_file_id"u8) || reader.ValueTextEquals("uri"u8)
        || reader.ValueTextEquals("tunedModelSource"u8) || reader.ValueTextEquals("tunedModel"u8);
}
