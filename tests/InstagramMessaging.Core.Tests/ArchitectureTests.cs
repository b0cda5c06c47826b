using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using InstagramMessaging.Core.Sending;
using Xunit;

namespace InstagramMessaging.Core.Tests;

/// <summary>Design section 2: which way the arrows point, and whose types public signatures name.</summary>
public class ArchitectureTests
{
    private static readonly Assembly Public = typeof(IgConnection).Assembly;
    private static readonly Assembly Core = typeof(SendRun).Assembly;
    private static readonly string Runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    [Fact]
    public void The_public_assembly_references_the_runtime_alone() =>
        Assert.All(Public.GetReferencedAssemblies(), reference => Assert.Equal(Runtime, Path.GetDirectoryName(Assembly.Load(reference).Location)));

    [Fact]
    public void Core_knows_neither_PowerShell_nor_the_emulator()
    {
        string[] references = [.. Core.GetReferencedAssemblies().Select(reference => reference.Name!)];
        Assert.Contains("InstagramMessaging", references);
        Assert.DoesNotContain(references, name => name.StartsWith("System.Management.Automation", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("InstagramMessaging.", StringComparison.Ordinal) || name.StartsWith("Microsoft.PowerShell", StringComparison.Ordinal));
    }

    [Fact]
    public void Core_shows_nothing() => Assert.Empty(Core.GetExportedTypes());

    [Fact]
    public void Public_signatures_name_only_own_types_and_the_runtimes()
    {
        IEnumerable<(Type Owner, Type Used)> foreign = Public.GetExportedTypes()
            .SelectMany(type => Used(type).SelectMany(Parts).Select(used => (type, used)))
            .Where(pair => pair.used.Assembly != Public && Path.GetDirectoryName(pair.used.Assembly.Location) != Runtime);
        Assert.Empty(foreign);
    }

    [Fact]
    public void Results_carry_nothing_that_binds_as_somebodys_payload()
    {
        string[] names = [.. typeof(IgSendResult).GetProperties().Select(property => property.Name)];
        Assert.Empty(names.Intersect(["Text", "Url", "Path", "Type", "Link", "JournalKey"], StringComparer.OrdinalIgnoreCase));
    }

    private static IEnumerable<Type> Used(Type type)
    {
        const BindingFlags Seen = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        IEnumerable<MethodBase> methods = type.GetMembers(Seen).OfType<MethodBase>().Where(method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);
        IEnumerable<FieldInfo> fields = type.GetFields(Seen).Where(field => field.IsPublic || field.IsFamily);
        return
        [
            type.BaseType ?? typeof(object),
            .. type.GetInterfaces(),
            .. methods.SelectMany(method => method.GetParameters()).Select(parameter => parameter.ParameterType),
            .. methods.OfType<MethodInfo>().Select(method => method.ReturnType),
            .. fields.Select(field => field.FieldType),
            .. type.GetCustomAttributesData().Where(data => data.AttributeType.IsPublic).Select(data => data.AttributeType),
        ];
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericParameter ? []
        : type.IsGenericType ? [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)]
        : [type];
}
