using System.Globalization;
using System.Text;
using System.Text.Json;
using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Outcomes;

public sealed class RecordedErrorsTests
{
    // The two 429 without a usable detail (limit 0 and prepayment in the message alone) stay rate limits: messages do not decide.
    private static readonly Dictionary<string, CallOutcomeKind> Transcribed = new()
    {
        ["400-api-key-invalid.json"] = CallOutcomeKind.KeyRejected,
        ["400-api-key-invalid.openai-compat-array.json"] = CallOutcomeKind.KeyRejected,
        ["400-bad-function-name.json"] = CallOutcomeKind.RequestRejected,
        ["400-function-response-count.json"] = CallOutcomeKind.RequestRejected,
        ["400-function-response-name-empty.json"] = CallOutcomeKind.RequestRejected,
        ["400-json-mime-with-functions.openai-compat-array.json"] = CallOutcomeKind.RequestRejected,
        ["400-missing-thought-signature.json"] = CallOutcomeKind.RequestRejected,
        ["400-multiple-credentials.openai-compat-array.json"] = CallOutcomeKind.RequestRejected,
        ["400-thinking-level-minimal.json"] = CallOutcomeKind.RequestRejected,
        ["400-thinking-level-unsupported-2.5.json"] = CallOutcomeKind.RequestRejected,
        ["400-unknown-field.openai-compat-array.json"] = CallOutcomeKind.RequestRejected,
        ["401-access-token-type-unsupported.json"] = CallOutcomeKind.KeyRejected,
        ["402-prepay-depleted.json"] = CallOutcomeKind.KeySuspended,
        ["403-consumer-suspended.json"] = CallOutcomeKind.KeySuspended,
        ["403-key-reported-leaked.json"] = CallOutcomeKind.KeyRejected,
        ["429-bare-resource-exhausted.json"] = CallOutcomeKind.KeyRateLimited,
        ["429-free-per-day-requests.json"] = CallOutcomeKind.KeyDayExhausted,
        ["429-free-per-minute-input-tokens.json"] = CallOutcomeKind.KeyRateLimited,
        ["429-free-three-violations-no-quotaValue.json"] = CallOutcomeKind.KeyDayExhausted,
        ["429-limit-zero-message-only-details-help.json"] = CallOutcomeKind.KeyRateLimited,
        ["429-prepay-depleted.json"] = CallOutcomeKind.KeyRateLimited,
        ["429-vertex-style-no-details.json"] = CallOutcomeKind.KeyRateLimited,
        ["500-internal.json"] = CallOutcomeKind.UpstreamUnavailable,
        ["503-high-demand.json"] = CallOutcomeKind.UpstreamUnavailable,
        ["503-overloaded.json"] = CallOutcomeKind.UpstreamUnavailable,
    };

    [RecordedTrafficFact]
    public void Classify_TranscribedErrors_SaysWhoIsToBlame()
    {
        var files = Directory.EnumerateFiles(Path.Combine(RecordedTraffic.Folder!, "errors-transcribed"), "???-*.json").ToArray();

        var outcomes = files.ToDictionary(
            path => Path.GetFileName(path),
            path => UpstreamErrorClassifier.Classify(int.Parse(Path.GetFileName(path)[..3], CultureInfo.InvariantCulture), File.ReadAllBytes(path)).Kind);

        Assert.Equal(Transcribed.OrderBy(pair => pair.Key), outcomes.OrderBy(pair => pair.Key));
    }

    [RecordedTrafficFact]
    public void Classify_RecordedErrors_BlameTheModelOrTheRequest()
    {
        var seen = new List<(int Status, CallOutcomeKind Kind)>();
        foreach (var file in Directory.EnumerateFiles(RecordedTraffic.Folder!, "*.json", SearchOption.AllDirectories).Where(path => path.Contains("-genai/", StringComparison.Ordinal)))
        {
            using var recording = JsonDocument.Parse(File.ReadAllBytes(file));
            if (recording.RootElement.ValueKind != JsonValueKind.Object || !recording.RootElement.TryGetProperty("interactions", out var interactions))
            {
                continue;
            }

            foreach (var response in interactions.EnumerateArray().Select(interaction => interaction.GetProperty("response")))
            {
                var status = response.GetProperty("statusCode").GetInt32();
                if (status >= 400)
                {
                    seen.Add((status, UpstreamErrorClassifier.Classify(status, Encoding.UTF8.GetBytes(response.GetProperty("bodySegments")[0].GetRawText())).Kind));
                }
            }
        }

        Assert.Equal(8, seen.Count);
        Assert.All(seen, one => Assert.Equal(one.Status == 404 ? CallOutcomeKind.ModelNotAvailable : CallOutcomeKind.RequestRejected, one.Kind));
    }
}
