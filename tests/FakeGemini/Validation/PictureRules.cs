using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary>What models that draw are particular about.</summary>
internal static class PictureRules
{
    private static readonly string[] Ratios = ["1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"];
    private static readonly string[] WideRatios = [.. Ratios, "1:4", "4:1", "1:8", "8:1"];

    public static FakeError? Check(JsonElement config, FakeModel model)
    {
        var picture = config.Member("imageConfig");
        if (model.Kind != ModelKind.Image)
        {
            return config.Has("imageConfig") ? FakeError.Invalid("Image config is not supported for this model.") : null;
        }

        if (config.Whole("candidateCount") > 1)
        {
            return FakeError.Invalid("Multiple candidates is not enabled for this model");
        }

        var ratios = model is { Generation: >= 3.1m, IsPro: false } ? WideRatios : Ratios;
        if (picture.Text("aspectRatio") is { } ratio && !ratios.Contains(ratio))
        {
            return FakeError.Invalid($"aspect_ratio must be one of {string.Join(", ", ratios)}");
        }

        if (picture.Text("imageSize") is not { } size)
        {
            return null;
        }

        var isKnown = size is "1K" or "2K" or "4K" || (size == "512" && model is { Generation: >= 3.1m, IsPro: false });
        return model.Generation >= 3 && isKnown ? null : FakeError.Invalid($"Image size '{size}' is not supported for this model.");
    }
}
