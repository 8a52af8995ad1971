using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace GeminiBalance.Protocol.Models;

/// <summary>Writes defaults into a request in Gemini's own terms, and leaves every member that they do not concern byte for byte.</summary>
public static class NativeRequestEditor
{
    private static readonly JsonDocumentOptions DocumentOptions = new() { MaxDepth = 128 };

    /// <summary>Of a <c>GenerateContentRequest</c>: everything.</summary>
    /// <param name="utf8">The client's body.</param>
    /// <param name="defaults">What to write.</param>
    /// <param name="output">Gets the new body.</param>
    /// <returns>False, with nothing written, when nothing changes: also of what is no JSON object, which the upstream is to refuse.</returns>
    public static bool TryEdit(ReadOnlyMemory<byte> utf8, NativeDefaults defaults, IBufferWriter<byte> output) => !defaults.IsEmpty && Try(utf8, request =>
    {
        var view = new NativeRequestView(request);
        var tools = NativeTools.Choose(view, defaults);
        var config = NativeGenerationConfig.Choose(view, defaults);
        var safety = view.HasSafetySettings ? [] : defaults.SafetySettings;
        if (tools.Added.Count == 0 && config.IsEmpty && safety.Count == 0 && defaults.Model.Model == defaults.Model.Name)
        {
            return false;
        }

        new NativeEdit(defaults.Model, tools, config, safety).Write(request, output);
        return true;
    });

    /// <summary>Of any other request: the model's name only, where a client used another.</summary>
    /// <inheritdoc cref="TryEdit"/>
    public static bool TryRename(ReadOnlyMemory<byte> utf8, ModelRequest model, IBufferWriter<byte> output) => model.Model != model.Name && Try(utf8, request =>
    {
        new NativeEdit(model, new NativeTools([], false), new NativeGenerationConfig(null, false), []).Write(request, output);
        return true;
    });

    private static bool Try(ReadOnlyMemory<byte> utf8, Func<JsonElement, bool> edit)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(utf8, DocumentOptions);
        }
        catch (JsonException)
        {
            return false;
        }

        using (document)
        {
            return document.RootElement.ValueKind is JsonValueKind.Object && IsReadable(document.RootElement) && edit(document.RootElement);
        }
    }

    // Names with half a surrogate pair in them pass the parser and cannot be read. Such a request is the upstream's to refuse.
    private static bool IsReadable(JsonElement element)
    {
        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(element), new JsonReaderOptions { MaxDepth = 128 });
        reader.Read();
        return JsonScan.PassValue(ref reader);
    }
}
