using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary><c>:predict</c> of picture models.</summary>
internal static class Predict
{
    public static byte[] Answer(JsonElement request) => GoogleJson.Pretty(writer =>
    {
        var prompt = request.Items("instances").FirstOrDefault().Text("prompt") ?? "";
        var count = Math.Clamp(request.Member("parameters").Whole("sampleCount") ?? 4, 1, 4);
        var isBlocked = prompt.Contains("[[block]]", StringComparison.Ordinal);
        writer.WriteStartObject();
        if (!isBlocked || request.Member("parameters").IsTrue("includeRaiReason"))
        {
            writer.WriteStartArray("predictions");
            for (var i = 0; i < (isBlocked ? 1 : count); i++)
            {
                writer.WriteStartObject();
                if (isBlocked)
                {
                    writer.WriteString("raiFilteredReason", "Unable to show generated images. All images were filtered out because they violated the usage guidelines.");
                }
                else
                {
                    writer.WriteString("mimeType", "image/png");
                    writer.WriteBase64String("bytesBase64Encoded", Pictures.OnePixelPng);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    });
}
