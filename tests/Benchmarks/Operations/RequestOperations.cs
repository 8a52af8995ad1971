using System.Buffers;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Benchmarks.Operations;

/// <summary>OpenAI's request to Gemini's, and what is worked out of a request before a key is chosen.</summary>
internal static class RequestOperations
{
    private static readonly byte[] Chat = """
        {
          "model": "gemini-2.5-flash",
          "messages": [
            { "role": "system", "content": "You are a patient tutor. Answer in plain words, in at most three sentences, and end with one question that helps the pupil to go on." },
            { "role": "user", "content": "Why does the moon always show us the same side, although it turns around its own axis like the earth does?" },
            { "role": "assistant", "content": "Because gravity slowed its rotation until one turn took exactly as long as one orbit. Do you know what this is called?" },
            { "role": "user", "content": "No, tell me." }
          ],
          "temperature": 0.7,
          "max_tokens": 400
        }
        """u8.ToArray();

    public static IEnumerable<HotOperation> All =>
    [
        new("translate a request", () =>
        {
            var output = new ArrayBufferWriter<byte>(16 * 1024);
            return () =>
            {
                output.ResetWrittenCount();
                Translate(output);
            };
        }),
        new("estimate a request's tokens", () =>
        {
            var body = Translated();
            return () => PromptTokenEstimator.Estimate(body);
        }),
        new("hash a conversation's beginning", () =>
        {
            var body = Translated();
            return () => ConversationHash.Of("gemini-2.5-flash", body);
        }),
    ];

    private static void Translate(ArrayBufferWriter<byte> output) =>
        ChatRequestTranslator.Translate(OpenAIRequestReader.ReadChat(Chat), new ChatTranslationOptions { Model = "gemini-2.5-flash" }).WriteTo(output);

    private static byte[] Translated()
    {
        var output = new ArrayBufferWriter<byte>();
        Translate(output);
        return output.WrittenSpan.ToArray();
    }
}
