using GeminiBalance.KeyPool;

namespace GeminiBalance.Benchmarks.Operations;

/// <summary>Deciding who is to blame.</summary>
internal static class OutcomeOperations
{
    private static readonly byte[] MinuteQuota = """
        {
          "error": {
            "code": 429,
            "message": "You exceeded your current quota, please check your plan and billing details.",
            "status": "RESOURCE_EXHAUSTED",
            "details": [
              {
                "@type": "type.googleapis.com/google.rpc.QuotaFailure",
                "violations": [
                  {
                    "quotaMetric": "generativelanguage.googleapis.com/generate_content_free_tier_requests",
                    "quotaId": "GenerateRequestsPerMinutePerProjectPerModel-FreeTier",
                    "quotaDimensions": { "location": "global", "model": "gemini-2.5-flash" },
                    "quotaValue": "5"
                  }
                ]
              },
              { "@type": "type.googleapis.com/google.rpc.Help", "links": [ { "description": "Learn more about Gemini API quotas", "url": "https://ai.google.dev/gemini-api/docs/rate-limits" } ] },
              { "@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "34.4s" }
            ]
          }
        }
        """u8.ToArray();

    public static IEnumerable<HotOperation> All =>
    [
        new("classify a 429 for the minute", () => () => UpstreamErrorClassifier.Classify(429, MinuteQuota)),
        new("classify a 503 page", () => () => UpstreamErrorClassifier.Classify(503, "<html>Service Unavailable</html>"u8)),
    ];
}
