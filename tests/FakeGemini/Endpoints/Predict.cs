using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary><c>:predict</c> of picture models.</summary>
internal static class Predict
{
    private const int SamplesMax = 4;
    private const string Withheld =
        "Unable to show generated images. Your current safety filter threshold filtered out all generated images. You will not be charged for blocked images. Try rephrasing the prompt. If you think this was an error, send feedback.";

    private static readonly string[] Ratios = ["1:1", "3:4", "4:3", "9:16", "16:9"];

    /// <summary>What a call is refused for.</summary>
    public static FakeError? Check(JsonElement request, FakeModel model)
    {
        if (model.Kind != ModelKind.Imagen)
        {
            return FakeErrors.ModelNotFound(model.Name, "predict");
        }

        var parameters = request.Member("parameters");
        if (request.Items("instances").FirstOrDefault().Text("prompt") is not { Length: > 0 })
        {
            return FakeError.Invalid("Text prompt is required.");
        }

        if (parameters.Whole("sampleCount") is < 1 or > SamplesMax)
        {
            return FakeError.Invalid($"sampleCount must be between 1 and {SamplesMax} inclusive.");
        }

        if (parameters.Text("aspectRatio") is { } ratio && !Ratios.Contains(ratio))
        {
            return FakeError.Invalid($"aspectRatio '{ratio}' is not supported. Supported aspect ratios: {string.Join(", ", Ratios)}.");
        }

        if (parameters.Text("sampleImageSize") is { } size && (size is not ("1K" or "2K") || !model.Name.StartsWith("imagen-4", StringComparison.Ordinal)))
        {
            return FakeError.Invalid($"sampleImageSize '{size}' is not supported by this model.");
        }

        return parameters.Member("outputOptions").Text("mimeType") is not (null or "image/png" or "image/jpeg")
            ? FakeError.Invalid("outputOptions.mimeType must be image/png or image/jpeg.")
            : null;
    }

    public static byte[] Answer(JsonElement request) => GoogleJson.Pretty(writer =>
    {
        var parameters = request.Member("parameters");
        var asked = new Directives(request.Items("instances").FirstOrDefault().Text("prompt") ?? "");
        var count = Math.Clamp(parameters.Whole("sampleCount") ?? SamplesMax, 1, SamplesMax);
        var blocked = asked.Has("block") ? count : Math.Min(count, asked.Number("withhold", 0));
        writer.WriteStartObject();
        if (blocked < count || parameters.IsTrue("includeRaiReason"))
        {
            writer.WriteStartArray("predictions");
            for (var i = blocked; i < count; i++)
            {
                WritePicture(writer, parameters.Member("outputOptions").Text("mimeType") ?? "image/png");
            }

            if (blocked > 0 && parameters.IsTrue("includeRaiReason"))
            {
                writer.WriteStartObject();
                writer.WriteString("raiFilteredReason", Withheld);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    });

    private static void WritePicture(Utf8JsonWriter writer, string type)
    {
        writer.WriteStartObject();
        writer.WriteString("mimeType", type);
        writer.WriteBase64String("bytesBase64Encoded", type == "image/jpeg" ? Pictures.SmallJpeg : Pictures.OnePixelPng);
        writer.WriteEndObject();
    }
}
