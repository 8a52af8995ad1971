using System.Buffers.Text;
using System.Text.Json;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Finds the resources that a request names: files, caches, stores, jobs. Pure.</summary>
internal static class NamedResources
{
    // Whatever the upstream may read past, so that what stands behind it is seen.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = Limits.JsonDepthMax, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    // One of these stands in every body that names a resource: its collection, or what can hide it.
    private static readonly byte[][] Collections = ["files"u8.ToArray(), "cachedContents"u8.ToArray(), "fileSearchStores"u8.ToArray(), "tunedModels"u8.ToArray()];
    private static readonly byte[][] Marks = [.. Collections, "\\u"u8.ToArray(), "%"u8.ToArray()];

    /// <summary>The names, as far as they can be read.</summary>
    public static IReadOnlyList<ResourceName> Find(ReadOnlySpan<byte> body) => Find(body, out _);

    /// <summary>The names, each once, in order, and at most one more than a request may have. Never throws.</summary>
    /// <param name="body">Of broken JSON, what stands before the fault counts.</param>
    /// <param name="isWhole">Whether there can be no others: it could be read to its end, or holds no word that a name has.</param>
    public static IReadOnlyList<ResourceName> Find(ReadOnlySpan<byte> body, out bool isWhole)
    {
        isWhole = true;
        if (!Holds(body, Marks))
        {
            return [];
        }

        List<ResourceName>? found = null;
        var reader = new Utf8JsonReader(body, Options);
        try
        {
            while (reader.Read() && !(found?.Count > Limits.NamedResourcesMax))
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
            isWhole = !Holds(Unescape(body), Collections);
        }

        return found ?? [];
    }

    private static bool Holds(ReadOnlySpan<byte> body, byte[][] words)
    {
        foreach (var word in words)
        {
            if (body.IndexOf(word) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The bytes with every <c>\u0066</c> and <c>%66</c> in them read, whether JSON or not.</summary>
    private static byte[] Unescape(ReadOnlySpan<byte> body)
    {
        var text = new byte[body.Length];
        var length = 0;
        for (var i = 0; i < body.Length; i++)
        {
            var first = body[i] == (byte)'%' ? i + 1 : body[i..].StartsWith("\\u00"u8) ? i + 4 : body.Length;
            if (first + 2 <= body.Length && Utf8Parser.TryParse(body.Slice(first, 2), out byte value, out var read, 'x') && read == 2)
            {
                text[length++] = value;
                i = first + 1;
            }
            else
            {
                text[length++] = body[i];
            }
        }

        return text[..length];
    }

    private static void ReadValue(ref Utf8JsonReader reader, ref List<ResourceName>? found)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            Add(ref reader, ref found);
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (!(found?.Count > Limits.NamedResourcesMax) && reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                Add(ref reader, ref found);
            }
        }
    }

    private static void Add(ref Utf8JsonReader reader, ref List<ResourceName>? found)
    {
        if (reader.ValueSpan.Length <= Limits.ResourceReferenceBytesMax && ResourceName.OfReference(reader.GetString()) is { } name && found?.Exists(known => known.Root == name.Root) != true)
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
