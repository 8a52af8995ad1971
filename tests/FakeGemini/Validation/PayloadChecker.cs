using System.Globalization;
using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary>Finds what protobuf JSON refuses: unknown names and values of the wrong type. Upstream names all of them in one error.</summary>
internal sealed class PayloadChecker
{
    private const int DescriptionsMax = 20;
    private readonly List<(string Field, string Description)> found = [];

    public static FakeError? Check(JsonElement root, ProtoMessage message)
    {
        var checker = new PayloadChecker();
        if (root.ValueKind != JsonValueKind.Object)
        {
            checker.found.Add(("", "Invalid JSON payload received. Unknown name \"\": Root element must be a message."));
        }
        else
        {
            checker.CheckMessage(root, message, "");
        }

        return checker.found.Count == 0
            ? null
            : FakeError.Invalid(string.Join('\n', checker.found.Select(one => one.Description)), writer => ErrorDetails.BadRequest(writer, checker.found));
    }

    private static bool Fits(JsonElement value, ProtoField field) => (field.Kind, value.ValueKind) switch
    {
        (FieldKind.Any, _) => true,
        (FieldKind.Text, JsonValueKind.String) => true,
        (FieldKind.Bytes, JsonValueKind.String) => IsBase64(value.GetString()!),
        (FieldKind.Number or FieldKind.Integer, JsonValueKind.String) => double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out _),
        (FieldKind.Integer, JsonValueKind.Number) => value.TryGetDouble(out var number) && Math.Truncate(number) == number,
        (FieldKind.Number, JsonValueKind.Number) => true,
        (FieldKind.Bool, JsonValueKind.True or JsonValueKind.False) => true,
        (FieldKind.Enum, JsonValueKind.String) => field.Enum.Values.Contains(value.GetString()),
        (FieldKind.Enum, JsonValueKind.Number) => true,
        _ => false,
    };

    // Both alphabets are read, with or without padding.
    private static bool IsBase64(string text) => Base64Text.TryDecode(text) is not null;

    private static string TypeName(ProtoField field) => field.Kind switch
    {
        FieldKind.Text => "TYPE_STRING",
        FieldKind.Bytes => "TYPE_BYTES",
        FieldKind.Number => "TYPE_FLOAT",
        FieldKind.Integer => "TYPE_INT32",
        FieldKind.Bool => "TYPE_BOOL",
        FieldKind.Enum => field.Enum.Name,
        _ => "type.googleapis.com/google.ai.generativelanguage.v1beta",
    };

    private void CheckMessage(JsonElement element, ProtoMessage message, string path)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (message.Find(property.Name) is not { } field)
            {
                Add(path, $"Invalid JSON payload received. Unknown name \"{property.Name}\"{(path.Length > 0 ? $" at '{path}'" : "")}: Cannot find field.");
            }
            else if (property.Value.ValueKind != JsonValueKind.Null)
            {
                CheckField(property.Value, field, path.Length > 0 ? $"{path}.{field.Name}" : field.Name);
            }
        }
    }

    private void CheckField(JsonElement value, ProtoField field, string path)
    {
        if (field.IsMap && value.ValueKind == JsonValueKind.Object)
        {
            var place = 0;
            foreach (var entry in value.EnumerateObject())
            {
                // Upstream numbers map entries; the value is at '…[i].value'.
                CheckValue(entry.Value, field, $"{path}[{place++}].value");
            }
        }
        else if (field.IsRepeated && value.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                CheckValue(item, field, $"{path}[{index++}]");
            }
        }
        else if (value.ValueKind == JsonValueKind.Array && field.Kind != FieldKind.Any)
        {
            Add(path, $"Invalid JSON payload received. Unknown name \"{field.Name}\"{At(path)}: Proto field is not repeating, cannot start list.");
        }
        else
        {
            // A single value is taken for a list of one.
            CheckValue(value, field, path);
        }
    }

    private void CheckValue(JsonElement value, ProtoField field, string path)
    {
        if (field.Kind == FieldKind.Message && value.ValueKind == JsonValueKind.Object)
        {
            CheckMessage(value, field.Message!(), path);
        }
        else if (!Fits(value, field))
        {
            var note = field.Kind == FieldKind.Bytes ? $", Base64 decoding failed for {value.GetRawText()}" : $", {value.GetRawText()}";
            Add(path, $"Invalid value at '{path}' ({TypeName(field)}){note}");
        }
    }

    private static string At(string path) => path.LastIndexOf('.') is var dot and > 0 ? $" at '{path[..dot]}'" : "";

    private void Add(string path, string description)
    {
        if (found.Count < DescriptionsMax)
        {
            found.Add((path, description));
        }
    }
}
