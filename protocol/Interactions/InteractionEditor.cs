using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using GeminiBalance.Protocol.Models;

namespace GeminiBalance.Protocol.Interactions;

/// <summary>Writes into a request for an interaction what the model's name and the settings ask for, and leaves every other member byte for byte.</summary>
public static class InteractionEditor
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 128 };

    /// <param name="utf8">The client's body.</param>
    /// <param name="defaults">What to write.</param>
    /// <param name="output">Gets the new body.</param>
    /// <returns>False, with nothing written, when nothing changes: also of what cannot be read, which the upstream is to refuse.</returns>
    public static bool TryEdit(ReadOnlyMemory<byte> utf8, NativeDefaults defaults, IBufferWriter<byte> output)
    {
        if (defaults.IsEmpty)
        {
            return false;
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(utf8, Options);
        }
        catch (JsonException)
        {
            return false;
        }

        using (document)
        {
            return document.RootElement.ValueKind is JsonValueKind.Object && IsReadable(document.RootElement) && Edit(document.RootElement, defaults, output);
        }
    }

    private static bool Edit(JsonElement request, NativeDefaults defaults, IBufferWriter<byte> output)
    {
        var edit = InteractionEdit.Choose(new InteractionView(request), defaults);
        if (edit.IsEmpty)
        {
            return false;
        }

        edit.Write(request, output);
        return true;
    }

    // Names with half a surrogate pair in them pass the parser and cannot be read.
    private static bool IsReadable(JsonElement element)
    {
        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(element), new JsonReaderOptions { MaxDepth = 128 });
        reader.Read();
        return JsonScan.PassValue(ref reader);
    }
}
