#if NET
using System;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace InstagramMessaging;

/// <summary>
/// The private load context of the module on PowerShell 7: cmdlets, Core, emulator and their packages load here, so that no
/// version of a package that another module brought can break this one, nor this one theirs.
/// </summary>
internal sealed class ModuleLoadContext : AssemblyLoadContext
{
    private static readonly Lazy<Assembly> Loaded = new(LoadCmdlets);

    private readonly string _folder;

    private ModuleLoadContext(string folder)
        : base("InstagramMessaging", isCollectible: false) => _folder = folder;

    /// <summary>The assembly with the cmdlets; loaded once a process.</summary>
    public static Assembly Cmdlets => Loaded.Value;

    /// <inheritdoc />
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        Assembly shared = typeof(ModuleLoadContext).Assembly;
        if (string.Equals(assemblyName.Name, shared.GetName().Name, StringComparison.OrdinalIgnoreCase))
            return shared;

        string path = Path.Combine(_folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    private static Assembly LoadCmdlets()
    {
        string folder = Path.GetDirectoryName(typeof(ModuleLoadContext).Assembly.Location)!;
        return new ModuleLoadContext(folder).LoadFromAssemblyPath(Path.Combine(folder, "InstagramMessaging.Cmdlets.dll"));
    }
}
#endif
