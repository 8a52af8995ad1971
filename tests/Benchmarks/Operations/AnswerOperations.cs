using System.Buffers;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Protocol;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Benchmarks.Operations;

/// <summary>Gemini's answer to OpenAI's, parsing included, and the look at an answer that passes unchanged.</summary>
internal static class AnswerOperations
{
    private static readonly byte[] Answer = """
        {
          "candidates": [
            {
              "content": { "parts": [ { "text": "The moon turns exactly once on its axis for each orbit, because the earth's gravity slowed its spin until both took the same time. This is called tidal locking. Can you think of other moons that might be locked to their planet in the same way?" } ], "role": "model" },
              "finishReason": "STOP",
              "index": 0
            }
          ],
          "usageMetadata": { "promptTokenCount": 97, "candidatesTokenCount": 54, "totalTokenCount": 341, "promptTokensDetails": [ { "modality": "TEXT", "tokenCount": 97 } ], "thoughtsTokenCount": 190 },
          "modelVersion": "gemini-2.5-flash",
          "responseId": "x7qGaK2nDPqfvdIPk5bYqQY"
        }
        """u8.ToArray();

    private static readonly byte[] Event = """
        {"candidates": [{"content": {"parts": [{"text": " because the earth's gravity slowed its spin until both took the same time."}],"role": "model"},"index": 0}],"usageMetadata": {"promptTokenCount": 97,"candidatesTokenCount": 24,"totalTokenCount": 311,"promptTokensDetails": [{"modality": "TEXT","tokenCount": 97}],"thoughtsTokenCount": 190},"modelVersion": "gemini-2.5-flash","responseId": "x7qGaK2nDPqfvdIPk5bYqQY"}
        """u8.ToArray();

    public static IEnumerable<HotOperation> All =>
    [
        new("look through a native answer", () => () => GeminiScan.Scan(Answer)),
        new("translate an answer", () =>
        {
            var output = new ArrayBufferWriter<byte>(16 * 1024);
            var context = Context();
            return () =>
            {
                output.ResetWrittenCount();
                ChatResponseTranslator.Write(GeminiAnswerReader.Read(Answer), context, output);
            };
        }),
        new("translate a stream's chunk", () =>
        {
            var output = new ArrayBufferWriter<byte>(16 * 1024);
            var translator = new ChatStreamTranslator(Context());
            return () =>
            {
                output.ResetWrittenCount();
                translator.Translate(GeminiAnswerReader.Read(Event), output);
            };
        }),
    ];

    private static ChatAnswerContext Context() => new()
    {
        AnswerId = "0a1b2c3d4e5f",
        Created = 1_790_000_000,
        RequestedModel = "gemini-2.5-flash",
        Signatures = new NoSignatures(),
    };

    private sealed class NoSignatures : IThoughtSignatures
    {
        public string? Find(string toolCallId) => null;

        public string? Find(CallFingerprint call) => null;

        public void Keep(string toolCallId, CallFingerprint call, string signature)
        {
        }
    }
}
